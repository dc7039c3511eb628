using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Orders;

/// <summary>Reads orders. Only an order without id or state is an error; lines that cannot all be read are left out together.</summary>
internal static class OrderReader
{
    /// <exception cref="JsonException">The value is not an order.</exception>
    public static Order Read(JsonElement element)
    {
        var order = new TolerantObject(element, "order");
        var items = ReadItems(ref order, out var itemsFault);
        return new Order
        {
            Id = order.RequireId<OrderId>("id"),
            State = new OrderState(order.RequireText("state")),
            Items = items,
            ItemsFault = itemsFault,
            Size = order.Count("size"),
            Role = ReadRole(ref order),
            ViaCardTraderZero = order.Flag("via_cardtrader_zero"),
            MergedOrderIds = order.Ids<OrderId>("cardtrader_zero_merged_order_ids"),
            Code = order.Text("code"),
            TransactionCode = order.Text("transaction_code"),
            Seller = order.Record("seller", ReadUser),
            Buyer = order.Record("buyer", ReadUser),
            CancelRequester = order.Record("cancel_requester", ReadUser),
            PaidAt = order.Time("paid_at"),
            SentAt = order.Time("sent_at"),
            CancelledAt = order.Time("cancelled_at"),
            CreditAddedToSellerAt = order.Time("credit_added_to_seller_at"),
            Presale = order.Flag("presale"),
            PresaleEndedAt = order.Time("presale_ended_at"),
            PackingNumber = order.Integer("packing_number"),
            SellerTotal = order.Money("seller_total"),
            SellerSubtotal = order.Money("seller_subtotal"),
            SellerFee = order.Money("seller_fee_amount"),
            BuyerTotal = order.Money("buyer_total"),
            BuyerSubtotal = order.Money("buyer_subtotal"),
            FeePercentage = order.Decimal("fee_percentage"),
            Fee = order.Money("fee_amount"),
            Subtotal = order.Money("subtotal"),
            FormattedSubtotal = order.Text("formatted_subtotal"),
            FormattedTotal = order.Text("formatted_total"),
            ShippingAddress = order.Record("order_shipping_address", ReadAddress),
            BillingAddress = order.Record("order_billing_address", ReadAddress),
            RealBuyerBillingAddress = order.Record("real_buyer_order_billing_address", ReadAddress),
            ShippingMethod = order.Record("order_shipping_method", ReadShippingMethod),
            ExtensionData = order.Rest,
            Faults = order.Faults,
        };
    }

    public static OrderUser ReadUser(ref TolerantObject user) => new()
    {
        Id = user.Integer("id"),
        Username = user.Text("username"),
        Email = user.Text("email"),
        Phone = user.Text("phone"),
        CountryCode = user.Text("country_code"),
        CanSellViaHub = user.Flag("can_sell_via_hub"),
        ExtensionData = user.Rest,
        Faults = user.Faults,
    };

    public static OrderAddress ReadAddress(ref TolerantObject address) => new()
    {
        Id = address.Integer("id"),
        UserId = address.Integer("user_id"),
        Name = address.Text("name"),
        Street = address.Text("street"),
        Zip = address.Text("zip"),
        City = address.Text("city"),
        StateOrProvince = address.Text("state_or_province"),
        CountryCode = address.Text("country_code"),
        Country = address.Text("country"),
        Note = address.Text("note"),
        Phone = address.Text("phone"),
        Email = address.Text("email"),
        Latitude = address.Text("latitude"),
        Longitude = address.Text("longitude"),
        DefaultBillingAddress = address.Flag("default_billing_address"),
        DefaultShippingAddress = address.Flag("default_shipping_address"),
        KeepOriginal = address.Flag("keep_original"),
        CreatedAt = address.Time("created_at"),
        UpdatedAt = address.Time("updated_at"),
        ExtensionData = address.Rest,
        Faults = address.Faults,
    };

    // Some lines without the others would be a smaller sale than the true one: all or none.
    private static IReadOnlyList<OrderItem>? ReadItems(ref TolerantObject order, out string? fault)
    {
        var items = order.List("order_items", ReadItem, out fault);
        fault = items is null ? "order_items is missing or not an array." : fault;
        return fault is null ? items : null;
    }

    // Roles are an open set: one this version does not know is kept as it came.
    private static OrderRole ReadRole(ref TolerantObject order)
    {
        var role = TolerantElement.Text(order.Peek("order_as")) switch
        {
            "seller" => OrderRole.Seller,
            "buyer" => OrderRole.Buyer,
            _ => OrderRole.Unknown,
        };
        if (role != OrderRole.Unknown)
        {
            order.Drop("order_as");
        }
        else if (order.FindValue("order_as") is { } other)
        {
            order.BlameKind("order_as", other, "seller or buyer");
        }

        return role;
    }

    private static OrderItem ReadItem(JsonElement element)
    {
        var item = new TolerantObject(element, "order item");
        var graded = item.Graded("graded");
        return new OrderItem
        {
            Id = item.RequireId<OrderItemId>("id"),
            ProductId = item.Id<ProductId>("product_id"),
            BlueprintId = item.Id<BlueprintId>("blueprint_id"),
            CategoryId = item.Id<CategoryId>("category_id"),
            GameId = item.Id<GameId>("game_id"),
            HubPendingOrderId = item.Id<OrderId>("hub_pending_order_id"),
            Name = item.Text("name"),
            Expansion = item.Text("expansion"),
            Quantity = (int)item.RequireInteger("quantity", least: 0, most: int.MaxValue),
            BundleSize = item.Count("bundle_size"),
            Properties = item.Properties("properties", "properties_hash"),
            Description = item.StoredWords("description"),
            Tag = item.Text("tag"),
            UserDataField = item.Text("user_data_field"),
            SellerPrice = item.Money("seller_price"),
            BuyerPrice = item.Money("buyer_price"),
            FormattedPrice = item.Text("formatted_price"),
            CancelledPrices = item.Moneys("cancelled_price"),
            RepurchasePrices = item.Moneys("repurchase_price"),
            Graded = graded.Graded,
            GradedText = graded.Raw,
            CardMarketId = item.Integer("mkm_id"),
            TcgPlayerId = item.Integer("tcg_player_id"),
            ScryfallId = item.Text("scryfall_id"),
            CreatedAt = item.Time("created_at"),
            DeletedAt = item.Time("deleted_at"),
            ExtensionData = item.Rest,
            Faults = item.Faults,
        };
    }

    private static OrderShippingMethod ReadShippingMethod(ref TolerantObject method) => new()
    {
        Id = method.Integer("id"),
        Name = method.Text("name"),
        Tracked = method.Flag("tracked"),
        TrackingCode = method.Text("tracking_code"),
        MaxEstimateShippingDays = method.Count("max_estimate_shipping_days"),
        Price = method.Money("price"),
        SellerPrice = method.Money("seller_price"),
        BuyerPrice = method.Money("buyer_price"),
        FormattedPrice = method.Text("formatted_price"),
        FormattedBuyerPrice = method.Text("formatted_buyer_price"),
        ExtensionData = method.Rest,
        Faults = method.Faults,
    };
}
