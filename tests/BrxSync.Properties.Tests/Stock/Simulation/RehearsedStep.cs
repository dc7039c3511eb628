using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Stock;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Properties.Tests.Stock.Simulation;

/// <summary>One step that a rehearsal took, as it can be taken again on a slice of the books.</summary>
/// <param name="Rule">The step.</param>
internal sealed record RehearsedStep(Func<AccountBooks, AccountBooks> Rule)
{
    /// <summary>What it says about an order.</summary>
    public OrderReport? Report { get; init; }

    /// <summary>The products that it reads or changes.</summary>
    public IReadOnlyCollection<ProductId> Products { get; init; } = [];

    /// <summary>For reads and changes: sales since then matter.</summary>
    public DateTimeOffset? SalesSince { get; init; }

    /// <summary>The order whose fetching ends with the step.</summary>
    public OrderId? Fetched { get; init; }

    /// <summary>For the step that forgets orders: all orders that are known before it.</summary>
    public IReadOnlyCollection<OrderId> Forgettable { get; init; } = [];

    /// <summary>For the step that applies a whole export: the export.</summary>
    public RehearsedSnapshot? Snapshot { get; init; }

    /// <summary>All orders up to this instant are known from now on.</summary>
    public DateTimeOffset? OrdersKnownUntil { get; init; }

    /// <summary>The whole books after the step.</summary>
    public required AccountBooks After { get; init; }
}

/// <summary>A whole export, and what the guard allowed.</summary>
internal sealed record RehearsedSnapshot(
    SnapshotWindow Window,
    ImmutableDictionary<ProductId, int> Rows,
    SnapshotVerdict Verdict,
    IReadOnlyDictionary<ProductId, DateTimeOffset> Known,
    Present Now);
