using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Snapshots;

/// <summary>What one run works with.</summary>
internal sealed record SnapshotInstructions
{
    /// <summary>The account as it was when the run began.</summary>
    public required AccountRecord Account { get; init; }

    /// <summary>The marketplace, for this account.</summary>
    public required ICardTraderAccount Remote { get; init; }

    /// <summary>The operation that records the run.</summary>
    public required string OperationId { get; init; }

    /// <summary>The seller and the token, without revealing it: who may go on with what an earlier run left.</summary>
    public required string Identity { get; init; }

    /// <summary>How full syncs run.</summary>
    public required FullSyncOptions Options { get; init; }

    /// <summary>How to read the stock.</summary>
    public required SyncMode Mode { get; init; }

    /// <summary>Whether to stop after the plan.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether every field is compared itself, and what differs is reported.</summary>
    public bool Reconciles { get; init; }

    /// <summary>Whether somebody vouches for a large fall, whatever it is.</summary>
    public bool AcceptFall { get; init; }

    /// <summary>How many products a drift report names for each kind of difference.</summary>
    public int DriftSamples { get; init; }
}
