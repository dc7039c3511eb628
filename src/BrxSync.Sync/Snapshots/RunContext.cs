using BrxSync.Client;
using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Snapshots;

/// <summary>What one run works with.</summary>
internal sealed record RunContext
{
    /// <summary>The account as it was when the run began.</summary>
    public required Account Account { get; init; }

    /// <summary>The marketplace, for this account.</summary>
    public required ICardTraderAccount Remote { get; init; }

    /// <summary>What was asked for.</summary>
    public required SyncOrder Order { get; init; }

    /// <summary>The operation that records the run.</summary>
    public required string OperationId { get; init; }

    /// <summary>The seller and the token, without revealing it: who may go on with what an earlier run left.</summary>
    public required string Identity { get; init; }

    /// <summary>How full syncs run.</summary>
    public required FullSyncOptions Options { get; init; }

    /// <summary>How many products a drift report names for each kind of difference.</summary>
    public int DriftSamples { get; init; }
}
