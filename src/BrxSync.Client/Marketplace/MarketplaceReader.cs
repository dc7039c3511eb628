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

        var answer = new TolerantObject(element, "offers by blueprint");
        var offers = new Dictionary<BlueprintId, CardTraderList<MarketplaceOffer>>();
        answer.ReadRest((key, value) =>
        {
            if (!long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id <= 0)
            {
                return "The key is not the id of a blueprint.";
            }

            if (value.ValueKind != JsonValueKind.Array)
            {
                return TolerantElement.Unlike(value, "an array of offers");
            }

            return offers.TryAdd(new BlueprintId(id), TolerantList.Read(value, key, ReadOffer, Operation))
                ? null
                : "The blueprint appears twice.";
        });
        return new MarketplaceOffers { ByBlueprint = offers, ExtensionData = answer.Rest, Faults = answer.Faults };
    }

    /// <exception cref="JsonException">The value is not a cart.</exception>
    public static Cart ReadCart(JsonElement element)
    {
        var cart = new TolerantObject(element, "cart");
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
        var method = new TolerantObject(element, "shipping method");
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
        var offer = new TolerantObject(element, "offer");
        var price = offer.Part(
            "price",
            static (ref part) => (
                Money: part.MoneyPair("cents", "currency", null),
                Formatted: part.Text("formatted"),
                Symbol: part.Text("currency_symbol")));
        var expansion = offer.Part(
            "expansion",
            static (ref part) => (Id: part.Id<ExpansionId>("id"), Code: part.Text("code"), Name: part.Text("name_en")));
        var graded = offer.Graded("graded");
        return new MarketplaceOffer
        {
            Id = offer.RequireId<ProductId>("id"),
            BlueprintId = offer.Id<BlueprintId>("blueprint_id"),
            Quantity = offer.Count("quantity"),
            BundleSize = offer.Count("bundle_size"),
            Name = offer.Text("name_en"),
            Price = offer.MoneyPair("price_cents", "price_currency", price.Money),
            FormattedPrice = price.Formatted,
            CurrencySymbol = price.Symbol,
            Description = offer.StoredWords("description"),
            Properties = offer.Properties("properties_hash", "properties"),
            ExpansionId = expansion.Id,
            ExpansionCode = expansion.Code,
            ExpansionName = expansion.Name,
            Seller = offer.Record("user", ReadSeller),
            Graded = graded.Graded,
            GradedText = graded.Raw,
            OnVacation = offer.Flag("on_vacation"),
            ExtensionData = offer.Rest,
            Faults = offer.Faults,
        };
    }

    private static MarketplaceSeller ReadSeller(ref TolerantObject user) => new()
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
        var subcart = new TolerantObject(element, "subcart");
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
        var item = new TolerantObject(element, "cart item");
        var product = item.Part(
            "product", static (ref part) => (Id: part.Id<ProductId>("id"), Name: part.Text("name_en")));
        return new CartItem
        {
            ProductId = product.Id,
            Name = product.Name,
            Quantity = item.Count("quantity"),
            Price = item.MoneyPair("price_cents", "price_currency", item.Money("price")),
            ExtensionData = item.Rest,
            Faults = item.Faults,
        };
    }

    private static ShippingMethodCost ReadCost(JsonElement element)
    {
        var cost = new TolerantObject(element, "shipping cost");
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
