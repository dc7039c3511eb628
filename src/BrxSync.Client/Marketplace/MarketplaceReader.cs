using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json;
using BrxSync.Client.Orders;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Marketplace;

/// <summary>Reads offers, carts and shipping methods.</summary>
internal static class MarketplaceReader
{
    private const string Operation = "GET /marketplace/products";

    /// <exception cref="JsonException">The value is not an object.</exception>
    public static MarketplaceOffers ReadOffers(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() == 0)
        {
            return new MarketplaceOffers(); // What an empty object becomes in some languages.
        }

        var answer = TolerantObject.Require(element, "offers by blueprint");
        var offers = new Dictionary<BlueprintId, CardTraderList<MarketplaceOffer>>();
        foreach (var (key, value) in answer.Rest ?? ReadOnlyDictionary<string, JsonElement>.Empty)
        {
            if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id <= 0)
            {
                answer.Blame(key, "The key is not the id of a blueprint.");
            }
            else if (value.ValueKind != JsonValueKind.Array)
            {
                answer.BlameKind(key, value, "an array of offers");
            }
            else if (offers.TryAdd(new BlueprintId(id), TolerantList.Read(value, key, ReadOffer, Operation)))
            {
                answer.Drop(key);
            }
            else
            {
                answer.Blame(key, "The blueprint appears twice.");
            }
        }

        return new MarketplaceOffers { ByBlueprint = offers, ExtensionData = answer.Rest, Faults = answer.Faults };
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
            BillingAddress = cart.Record("billing_address", OrderReader.ReadAddress),
            ShippingAddress = cart.Record("shipping_address", OrderReader.ReadAddress),
            CreatedAt = cart.Time("created_at"),
            UpdatedAt = cart.Time("updated_at"),
            ExtensionData = cart.Rest,
            Faults = cart.Faults,
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
            FormattedFreeShippingThresholdPrice = method.Text("formatted_free_shipping_threshold_price"),
            MaxCartSubtotalPrice = method.Money("max_cart_subtotal_price"),
            FormattedMaxCartSubtotalPrice = method.Text("formatted_max_cart_subtotal_price"),
            Costs = method.List("shipping_method_costs", ReadCost) ?? [],
            ExtensionData = method.Rest,
            Faults = method.Faults,
        };
    }

    private static MarketplaceOffer ReadOffer(JsonElement element)
    {
        var offer = TolerantObject.Require(element, "offer");
        var price = offer.Part("price");
        var expansion = offer.Part("expansion");
        var graded = offer.Graded("graded");
        return new MarketplaceOffer
        {
            Id = offer.RequireId<ProductId>("id"),
            BlueprintId = offer.Id<BlueprintId>("blueprint_id"),
            Quantity = offer.Count("quantity"),
            BundleSize = offer.Count("bundle_size"),
            Name = offer.Text("name_en"),
            Price = offer.MoneyPair("price_cents", "price_currency", price?.MoneyPair("cents", "currency", null)),
            FormattedPrice = price?.Text("formatted"),
            CurrencySymbol = price?.Text("currency_symbol"),
            Description = offer.StoredWords("description"),
            Properties = offer.Properties("properties_hash", "properties"),
            ExpansionId = expansion?.Id<ExpansionId>("id"),
            ExpansionCode = expansion?.Text("code"),
            ExpansionName = expansion?.Text("name_en"),
            Seller = offer.Record("user", ReadSeller),
            Graded = graded.Graded,
            GradedText = graded.Raw,
            OnVacation = offer.Flag("on_vacation"),
            ExtensionData = offer.Rest,
            Faults = offer.Faults,
        };
    }

    private static MarketplaceSeller ReadSeller(TolerantObject user) => new()
    {
        Id = user.Integer("id"),
        Username = user.Text("username"),
        CountryCode = user.Text("country_code"),
        UserType = user.Text("user_type"),
        CanSellViaHub = user.Flag("can_sell_via_hub"),
        MaxSellableIn24HoursQuantity = user.Count("max_sellable_in24h_quantity"),
        CanSellSealedWithCtZero = user.Flag("can_sell_sealed_with_ct_zero"),
        TooManyCancellations = user.Flag("too_many_request_for_cancel_as_seller"),
        OneDayReady = user.Flag("one_day_ready"),
        ExtensionData = user.Rest,
        Faults = user.Faults,
    };

    private static Subcart ReadSubcart(JsonElement element)
    {
        var subcart = TolerantObject.Require(element, "subcart");
        return new Subcart
        {
            Id = subcart.Integer("id"),
            Seller = subcart.Record("seller", OrderReader.ReadUser),
            ViaCardTraderZero = subcart.Flag("via_cardtrader_zero"),
            Subtotal = subcart.Money("subtotal"),
            SafeguardFee = subcart.Money("safeguard_fee_amount"),
            CtZeroFee = subcart.Money("ct_zero_fee_amount"),
            ShippingCost = subcart.Money("shipping_cost"),
            PaymentPercentageFee = subcart.Money("payment_method_fee_percentage_amount"),
            PaymentFixedFee = subcart.Money("payment_method_fee_fixed_amount"),
            Total = subcart.Money("total"),
            BillingAddress = subcart.Record("billing_address", OrderReader.ReadAddress),
            ShippingAddress = subcart.Record("shipping_address", OrderReader.ReadAddress),
            Items = subcart.List("cart_items", ReadCartItem) ?? [],
            ExtensionData = subcart.Rest,
            Faults = subcart.Faults,
        };
    }

    private static CartItem ReadCartItem(JsonElement element)
    {
        var item = TolerantObject.Require(element, "cart item");
        var product = item.Part("product");
        return new CartItem
        {
            ProductId = product?.Id<ProductId>("id"),
            Name = product?.Text("name_en"),
            Quantity = item.Count("quantity"),
            Price = item.MoneyPair("price_cents", "price_currency", item.Money("price")),
            ExtensionData = item.Rest,
            Faults = item.Faults,
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
            ExtensionData = cost.Rest,
            Faults = cost.Faults,
        };
    }
}
