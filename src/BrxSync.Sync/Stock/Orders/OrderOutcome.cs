using System.Collections.Immutable;
using BrxSync.Client;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>What a report about an order does.</summary>
/// <param name="Book">The order book from now on.</param>
/// <param name="Disposition">What became of the report.</param>
internal sealed record OrderOutcome(OrderBook Book, OrderDisposition Disposition)
{
    /// <summary>The sales of which something counts differently now.</summary>
    public ImmutableArray<SaleChange> Changes { get; init; } = [];

    /// <summary>Orders to fetch by their ids.</summary>
    public ImmutableArray<OrderId> Fetch { get; init; } = [];

    /// <summary>What cannot be counted: unless the products were read since, they are read again.</summary>
    public ImmutableArray<SaleDoubt> Doubts { get; init; } = [];

    /// <summary>Products to read again: something was sold of them that cannot be counted without a guess.</summary>
    public ImmutableArray<ProductId> Reread { get; init; } = [];

    /// <summary>Blueprints to read again: a sale of them is known, but not of which product.</summary>
    public ImmutableArray<BlueprintId> RereadBlueprints { get; init; } = [];

    /// <summary>What a person should know.</summary>
    public ImmutableArray<OrderNotice> Notices { get; init; } = [];
}
