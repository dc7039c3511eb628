using BrxSync.Client;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>Something about an order that a person should know. The stock is not touched on a guess.</summary>
/// <param name="Order">The order.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct OrderNotice(OrderId Order, OrderNoticeKind Kind);
