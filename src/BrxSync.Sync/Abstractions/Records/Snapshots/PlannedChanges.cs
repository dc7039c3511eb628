using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Abstractions.Records.Snapshots;

/// <summary>What applying a snapshot would do; a dry run ends here.</summary>
internal sealed record PlannedChanges
{
    /// <summary>How many products the snapshot holds.</summary>
    public required long Staged { get; init; }

    /// <summary>How many rows are new.</summary>
    public required long Created { get; init; }

    /// <summary>How many rows differ.</summary>
    public required long Updated { get; init; }

    /// <summary>How many new products are left out because their price cannot be trusted.</summary>
    public required long Unpriced { get; init; }

    /// <summary>How many new products are left out because their rows may not be created.</summary>
    public required long Barred { get; init; }

    /// <summary>How many rows on sale the snapshot lacks: their quantity would become 0.</summary>
    public required long Missing { get; init; }

    /// <summary>The products that should be on sale, and how many of them the snapshot holds.</summary>
    public required SnapshotFall Fall { get; init; }

    /// <summary>How many rows equal the snapshot already.</summary>
    public long Unchanged => Staged - Created - Updated - Unpriced - Barred;
}
