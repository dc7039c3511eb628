using BrxSync.Client;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>One item of an order, as a report names it.</summary>
internal sealed record OrderItem
{
    /// <summary>The item's id.</summary>
    public required OrderItemId Id { get; init; }

    /// <summary>The product that was sold; null when the report does not say.</summary>
    public ProductId? Product { get; init; }

    /// <summary>What the product is an instance of; null when the report does not say.</summary>
    public BlueprintId? Blueprint { get; init; }

    /// <summary>How many were sold, in units as listed.</summary>
    public required int Quantity { get; init; }

    /// <summary>The Zero order in which the item was sold first; null when it was this one.</summary>
    public OrderId? HubPendingOrder { get; init; }

    /// <summary>When the item was sold, in CardTrader's clock; null when the report does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>True when the item was taken out of the order again.</summary>
    public bool IsDeleted { get; init; }
}
