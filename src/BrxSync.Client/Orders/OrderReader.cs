using System.Globalization;
using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Orders;

/// <summary>Reads orders. Only an order without id or state is an error; lines that cannot all be read are left out together.</summary>
internal static class OrderReader
{
    /// <exception cref="JsonException">The value is not an order.</exception>
    public static Order Read(JsonElement element)
    {
        var order = TolerantObject.Require(element, "order");
        var items = ReadItems(order, out var itemsFault);
        return new Order
        {
            Id = order.RequireId<OrderId>("id"),
            State = new OrderState(order.RequireText("state")),
            Items = items,
            ItemsFault = itemsFault,
            Size = order.Count("size"),
            Role = order.Text("order_as") switch { "seller" => OrderRole.Seller, "buyer" => OrderRole.Buyer, _ => OrderRole.Unknown },
            ViaCardTraderZero = order.Flag("via_cardtrader_zero"),
            MergedOrderIds = order.Values("cardtrader_zero_merged_order_ids", ReadOrderId),
            Code = order.Text("code"),
            TransactionCode = order.Text("transaction_code"),
            Seller = ReadUser(order.Object("seller")),
            Buyer = ReadUser(order.Object("buyer")),
            CancelRequester = ReadUser(order.Object("cancel_requester")),
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
            FeePercentage = Percentage(order.Text("fee_percentage")),
            Fee = order.Money("fee_amount"),
            Subtotal = order.Money("subtotal"),
            FormattedSubtotal = order.Text("formatted_subtotal"),
            FormattedTotal = order.Text("formatted_total"),
            ShippingAddress = ReadAddress(order.Object("order_shipping_address")),
            BillingAddress = ReadAddress(order.Object("order_billing_address")),
            RealBuyerBillingAddress = ReadAddress(order.Object("real_buyer_order_billing_address")),
            ShippingMethod = ReadShippingMethod(order.Object("order_shipping_method")),
            ExtensionData = order.Rest,
        };
    }

    public static OrderUser? ReadUser(TolerantObject? user) => user is null ? null : new OrderUser
    {
        Id = user.Integer("id"),
        Username = user.Text("username"),
        Email = user.Text("email"),
        Phone = user.Text("phone"),
    };

    public static OrderAddress? ReadAddress(TolerantObject? address) => address is null ? null : new OrderAddress
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
    };

    // Some lines without the others would be a smaller sale than the true one: all or none.
    private static IReadOnlyList<OrderItem>? ReadItems(TolerantObject order, out string? fault)
    {
        try
        {
            var items = order.List("order_items", ReadItem);
            fault = items is null ? "order_items is missing or not an array." : null;
            return items;
        }
        catch (JsonException exception)
        {
            fault = exception.Message;
            return null;
        }
    }

    private static OrderItem ReadItem(JsonElement element)
    {
        var item = TolerantObject.Require(element, "order item");
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
            CancelledPrices = item.Values("cancelled_price", TolerantObject.Money),
            RepurchasePrices = item.Values("repurchase_price", TolerantObject.Money),
            Graded = graded.Graded,
            GradedText = graded.Raw,
            CardMarketId = item.Integer("mkm_id"),
            TcgPlayerId = item.Integer("tcg_player_id"),
            ScryfallId = item.Text("scryfall_id"),
            CreatedAt = item.Time("created_at"),
            DeletedAt = item.Time("deleted_at"),
            ExtensionData = item.Rest,
        };
    }

    private static OrderShippingMethod? ReadShippingMethod(TolerantObject? method) => method is null ? null : new OrderShippingMethod
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
    };

    private static OrderId? ReadOrderId(JsonElement element) =>
        TolerantObject.Integer(element) is { } value and > 0 ? new OrderId(value) : null;

    private static decimal? Percentage(string? text) =>
        decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : null;
}
