using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Tests.Steps;

/// <summary>Books and orders to take steps on.</summary>
internal static class Known
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Items that were read when the books began, before any sale.</summary>
    public static AccountBooks Shelf(params (long Product, int Quantity)[] items) => new()
    {
        Orders = OrderBook.Empty.StartAt(Noon),
        Items = items.Select(item => new StockItem
        {
            Product = new ProductId(item.Product),
            Quantity = item.Quantity,
            LastRead = new Reading(new SnapshotWindow(Noon, Noon.AddSeconds(2)), item.Quantity),
        }).ToImmutableDictionary(item => item.Product),
    };

    /// <summary>A report as a webhook brings it, some seconds after the books began.</summary>
    public static OrderReport Report(long order, OrderState state, int second, bool zero, params OrderItem[] items) => new()
    {
        Id = new OrderId(order),
        State = state,
        Moment = OrderMoment.OfWebhook(Noon.AddSeconds(second)),
        ViaZero = zero,
        Items = [.. items],
    };

    public static OrderItem Item(long id, long product, int quantity, int soldAt = 10, long? source = null) => new()
    {
        Id = new OrderItemId(id),
        Product = new ProductId(product),
        Quantity = quantity,
        CreatedAt = Noon.AddSeconds(soldAt),
        HubPendingOrder = source is { } order ? new OrderId(order) : null,
    };
}
