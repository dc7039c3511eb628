using System.Globalization;
using System.Text.Json;
using BrxSync.Client.Orders;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Marketplace;

/// <summary>Reads offers, carts and shipping methods.</summary>
internal static class MarketplaceReader
{
    /// <exception cref="JsonException">The value is not a list of offers by blueprint.</exception>
    public static IReadOnlyDictionary<BlueprintId, IReadOnlyList<MarketplaceOffer>> ReadOffers(JsonElement element)
    {
        var offers = new Dictionary<BlueprintId, IReadOnlyList<MarketplaceOffer>>();
        if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0)
        {
            return offers; // What an empty object becomes in some languages.
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("Expected the offers as an object.");
        }

        foreach (var blueprint in element.EnumerateObject())
        {
            var name = TolerantValues.NameOf(blueprint);
            if (!long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id <= 0)
            {
                throw new JsonException($"\"{name}\" is not the id of a blueprint.");
            }

            offers[new BlueprintId(id)] = TolerantObject.RequireList(blueprint.Value, "offers", ReadOffer);
        }

        return offers;
    }

    /// <exception cref="JsonException">The value is not a cart.</exception>
    public static Cart ReadCart(JsonElement element)
    {
        var cart = TolerantObject.Require(element, "cart");
        return new Cart
        {
            Id = cart.Integer("id"),
            Subcarts = cart.List("subcarts", ReadSubcart) ?? [],
            Subtotal = cart.Money("subtotal"),
            SafeguardFee = cart.Money("safeguard_fee_amount"),
            CtZeroFee = cart.Money("ct_zero_fee_amount"),
            ShippingCost = cart.Money("shipping_cost"),
            PaymentPercentageFee = cart.Money("payment_method_fee_percentage_amount"),
            PaymentFixedFee = cart.Money("payment_method_fee_fixed_amount"),
            Total = cart.Money("total"),
            BillingAddress = OrderReader.ReadAddress(cart.Object("billing_address")),
            ShippingAddress = OrderReader.ReadAddress(cart.Object("shipping_address")),
            CreatedAt = cart.Time("created_at"),
            UpdatedAt = cart.Time("updated_at"),
        };
    }

    /// <exception cref="JsonException">The value is not a shipping method.</exception>
    public static ShippingMethod ReadShippingMethod(JsonElement element)
    {
        var method = TolerantObject.Require(element, "shipping method");
        return new ShippingMethod
        {
            Id = method.RequireInteger("id"),
            Name = method.Text("name"),
            MinEstimateShippingDays = method.Count("min_estimate_shipping_days"),
            MaxEstimateShippingDays = method.Count("max_estimate_shipping_days"),
            Parcel = method.Flag("parcel"),
            Tracked = method.Flag("tracked"),
            TrackingLink = method.Text("tracking_link"),
            FreeShippingThresholdQuantity = method.Count("free_shipping_threshold_quantity"),
            FreeShippingThresholdPrice = method.Money("free_shipping_threshold_price"),
            MaxCartSubtotalPrice = method.Money("max_cart_subtotal_price"),
            Costs = method.List("shipping_method_costs", ReadCost) ?? [],
        };
    }

    private static MarketplaceOffer ReadOffer(JsonElement element)
    {
        var offer = TolerantObject.Require(element, "offer");
        var price = offer.Take("price") ?? default;
        var flat = offer.Money("price_missing", "price_cents", "price_currency");
        var expansion = offer.Object("expansion");
        return new MarketplaceOffer
        {
            Id = offer.RequireId<ProductId>("id"),
            BlueprintId = offer.Id<BlueprintId>("blueprint_id"),
            Quantity = offer.Count("quantity") ?? 0,
            BundleSize = offer.Count("bundle_size") ?? 1,
            Name = offer.Text("name_en"),
            Price = TolerantObject.Money(price) ?? flat,
            FormattedPrice = TolerantObject.Find(price, "price")?.Text("formatted"),
            Description = offer.Text("description"),
            Properties = offer.Properties("properties_hash", "properties"),
            ExpansionId = expansion?.Id<ExpansionId>("id"),
            ExpansionCode = expansion?.Text("code"),
            ExpansionName = expansion?.Text("name_en"),
            Seller = ReadSeller(offer.Object("user")),
            Graded = offer.Graded("graded").Graded,
            OnVacation = offer.Flag("on_vacation"),
            ExtensionData = offer.Rest,
        };
    }

    private static MarketplaceSeller? ReadSeller(TolerantObject? user) => user is null ? null : new MarketplaceSeller
    {
        Id = user.Integer("id"),
        Username = user.Text("username"),
        CountryCode = user.Text("country_code"),
        UserType = user.Text("user_type"),
        CanSellViaHub = user.Flag("can_sell_via_hub"),
        MaxSellableIn24HoursQuantity = user.Count("max_sellable_in24h_quantity"),
        CanSellSealedWithCtZero = user.Flag("can_sell_sealed_with_ct_zero"),
        TooManyCancellations = user.Flag("too_many_request_for_cancel_as_seller"),
    };

    private static Subcart ReadSubcart(JsonElement element)
    {
        var subcart = TolerantObject.Require(element, "subcart");
        return new Subcart
        {
            Id = subcart.Integer("id"),
            Seller = OrderReader.ReadUser(subcart.Object("seller")),
            ViaCardTraderZero = subcart.Flag("via_cardtrader_zero"),
            ShippingCost = subcart.Money("shipping_cost"),
            Items = subcart.List("cart_items", ReadCartItem) ?? [],
        };
    }

    private static CartItem ReadCartItem(JsonElement element)
    {
        var item = TolerantObject.Require(element, "cart item");
        var product = item.Object("product");
        return new CartItem
        {
            ProductId = product?.Id<ProductId>("id"),
            Name = product?.Text("name_en"),
            Quantity = item.Count("quantity") ?? 0,
            Price = item.Money("price", "price_cents", "price_currency"),
        };
    }

    private static ShippingMethodCost ReadCost(JsonElement element)
    {
        var cost = TolerantObject.Require(element, "shipping cost");
        return new ShippingMethodCost
        {
            FromGrams = cost.Count("from_grams"),
            ToGrams = cost.Count("to_grams"),
            Price = cost.Money("price"),
            FormattedPrice = cost.Text("formatted_price"),
        };
    }
}
