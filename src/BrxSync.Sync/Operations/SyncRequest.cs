using BrxSync.Sync.Snapshots;

namespace BrxSync.Sync;

/// <summary>Asks for one full sync.</summary>
public sealed record SyncRequest
{
    /// <summary>Gets the account to synchronize.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Gets whether to stop after the plan: the result tells what a sync would do, and nothing is written.</summary>
    /// <value>Default false.</value>
    public bool DryRun { get; init; }

    /// <summary>Gets how to read the stock.</summary>
    /// <value>Default null: as <see cref="FullSyncOptions.Mode"/> says.</value>
    public SyncMode? Mode { get; init; }

    /// <summary>
    /// Gets whether somebody vouches for whatever fall in the number of products this run finds. To accept a fall that was seen and
    /// withheld, prefer <see cref="ISnapshotReview.AcceptAsync"/>, which accepts that one alone.
    /// </summary>
    /// <value>Default false. Faults of the body and unreadable rows are never overruled.</value>
    public bool AcceptFall { get; init; }
}
