using System.Globalization;
using System.Text.Json;
using BrxSync.Client;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Properties.Tests.Stock.Orders;

/// <summary>Reads orders and webhook envelopes of the sample data into what the rules read, without the client.</summary>
internal static class OrderJson
{
    public static OrderReport Report(JsonElement order, OrderMoment moment, bool detail) => new()
    {
        Id = new OrderId(Number(order, "id")!.Value),
        State = OrderStates.Parse(Text(order, "state")),
        Moment = moment,
        ViaZero = order.TryGetProperty("via_cardtrader_zero", out var zero) && zero.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? zero.GetBoolean()
            : null,
        IsPurchase = Text(order, "order_as") == "buyer",
        Size = (int?)Number(order, "size"),
        Items = order.TryGetProperty("order_items", out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray().Select(Item)]
            : [],
        IsDetail = detail,
    };

    public static OrderMoment Moment(JsonElement envelope) =>
        OrderMoment.OfWebhook(DateTimeOffset.FromUnixTimeSeconds(Number(envelope, "time")!.Value));

    public static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static long? Number(
        JsonElement element, string name) => !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.String when long.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            number,
        _ => null,
    };

    private static OrderItem Item(JsonElement item) => new()
    {
        Id = new OrderItemId(Number(item, "id")!.Value),
        Product = Number(item, "product_id") is { } product ? new ProductId(product) : null,
        Blueprint = Number(item, "blueprint_id") is { } blueprint ? new BlueprintId(blueprint) : null,
        Quantity = (int)Number(item, "quantity")!.Value,
        HubPendingOrder = Number(item, "hub_pending_order_id") is { } source ? new OrderId(source) : null,
        CreatedAt = Text(item, "created_at") is { } at ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) : null,
        IsDeleted = Text(item, "deleted_at") is not null,
    };
}
