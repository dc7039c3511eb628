using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Snapshots;

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

    /// <summary>Gets whether an operator vouches for the snapshot: a large fall in the number of products is then applied.</summary>
    /// <value>Default false. Faults of the body and unreadable rows are never overruled.</value>
    public bool AcceptShrink { get; init; }
}
