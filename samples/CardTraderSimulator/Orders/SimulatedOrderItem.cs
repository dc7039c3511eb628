using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Orders;

/// <summary>An item of an order; the product's fields are those of the instant of the sale.</summary>
public sealed class SimulatedOrderItem
{
    internal SimulatedOrderItem(
        long id, long? hubPendingOrderId, StockProduct product, int quantity, string expansion, DateTimeOffset createdAt)
    {
        Id = id;
        HubPendingOrderId = hubPendingOrderId;
        Product = product;
        Quantity = quantity;
        Expansion = expansion;
        CreatedAt = createdAt;
    }

    /// <summary>Gets the order item id.</summary>
    public long Id { get; }

    /// <summary>Gets the order in which the item was sold over CardTrader Zero; null for a direct sale.</summary>
    public long? HubPendingOrderId { get; }

    /// <summary>Gets the product as it was when it was sold.</summary>
    public StockProduct Product { get; }

    /// <summary>Gets the units sold.</summary>
    public int Quantity { get; }

    /// <summary>Gets when it was sold, in the marketplace's clock.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>Gets when it was taken out of the order; null while it is in it.</summary>
    public DateTimeOffset? DeletedAt { get; internal set; }

    /// <summary>Gets whether its units are back on sale.</summary>
    public bool Relisted { get; internal set; }

    internal string Expansion { get; }

    internal SimulatedOrderItem CopyInto(long id) => new(id, HubPendingOrderId, Product, Quantity, Expansion, CreatedAt)
    {
        DeletedAt = DeletedAt,
        Relisted = Relisted,
    };
}
