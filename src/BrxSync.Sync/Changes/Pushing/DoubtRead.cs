using BrxSync.Client;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>A read of one blueprint that is to decide about changes whose answers were lost.</summary>
/// <param name="Window">When CardTrader looked.</param>
/// <param name="Products">What it has.</param>
/// <param name="Changes">The changes.</param>
internal sealed record DoubtRead(
    SnapshotWindow Window, IReadOnlyDictionary<ProductId, Product> Products, IReadOnlyList<ChangeRow> Changes)
{
    /// <summary>Gets the listings whose copies are all sold, with their products as the orders name them.</summary>
    public IReadOnlyDictionary<Guid, ProductId?> Sold { get; init; } = new Dictionary<Guid, ProductId?>();
}
