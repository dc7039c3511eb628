using BrxSync.Client.Orders;
using BrxSync.Client.Webhooks;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Orders;
using OrderItem = BrxSync.Sync.Stock.Orders.OrderItem;

namespace BrxSync.Sync.Orders;

/// <summary>Takes out of the client's orders and webhooks what the stock rules read, and nothing about people.</summary>
internal static class OrderReports
{
    /// <summary>No order holds more copies than this. One that claims to is treated as unreadable, and fetched.</summary>
    private const long MostCopies = 100_000;

    /// <summary>Reads an order that we asked for.</summary>
    /// <param name="order">The order.</param>
    /// <param name="window">When CardTrader looked.</param>
    /// <param name="isDetail">Whether it was fetched by its id.</param>
    public static OrderReport Of(Order order, SnapshotWindow window, bool isDetail) => Of(order, OrderMoment.OfRead(window), isDetail);

    /// <summary>Reads the order that a delivery is about; null when it does not say enough to be one.</summary>
    public static OrderReport? Of(OrderWebhookEvent delivery) => delivery switch
    {
        { Kind: OrderWebhookKind.Destroyed } => OrderReport.Destroyed(delivery.OrderId, OrderMoment.OfWebhook(delivery.Time)),
        { Order: { } order } => Of(order, OrderMoment.OfWebhook(delivery.Time), isDetail: false),
        _ => null,
    };

    private static OrderReport Of(Order order, OrderMoment moment, bool isDetail) => new()
    {
        Id = order.Id,
        State = OrderStates.Parse(order.State.Text),
        Moment = moment,
        ViaZero = order.ViaCardTraderZero,
        IsPurchase = order.Role == OrderRole.Buyer,
        Size = order.Size,
        Items = order.Items is { } items && IsReadable(items) ? [.. items.Select(item => Of(item, moment))] : [],
        IsDetail = isDetail,
    };

    /// <summary>
    /// An item that is listed twice has no one quantity, and the ledger has one place for it. What keeps an item from being counted, and
    /// where, must not be guessed when it was said and could not be read.
    /// </summary>
    private static bool IsReadable(IReadOnlyList<Client.Orders.OrderItem> items) =>
        !items.Any(item => item.Faults.Any(static fault => fault.Path is "hub_pending_order_id" or "deleted_at"))
        && items.Sum(item => (long)item.Quantity) <= MostCopies && items.DistinctBy(item => item.Id).Count() == items.Count;

    private static OrderItem Of(Client.Orders.OrderItem item, OrderMoment moment) => new()
    {
        Id = item.Id,
        Product = item.ProductId,
        Blueprint = item.BlueprintId,
        Quantity = item.Quantity,
        HubPendingOrder = item.HubPendingOrderId,
        CreatedAt = SoldAt(item.CreatedAt, moment),
        IsDeleted = item.DeletedAt is not null,
    };

    /// <summary>Nothing is sold after it is reported: such a time is none. The stores keep microseconds.</summary>
    private static DateTimeOffset? SoldAt(DateTimeOffset? created, OrderMoment moment) =>
        created is { } at && at <= moment.To ? at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond)) : null;
}
