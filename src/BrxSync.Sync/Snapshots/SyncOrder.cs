using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Snapshots;

/// <summary>One run over an account's whole stock, whoever asked for it.</summary>
internal sealed record SyncOrder
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>One of <see cref="OperationKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether somebody vouches for a large fall, whatever it is.</summary>
    public bool AcceptShrink { get; init; }

    /// <summary>How to read the stock; null leaves it to the options.</summary>
    public SyncMode? Mode { get; init; }

    /// <summary>Whether to stop after the plan.</summary>
    public bool DryRun => Kind == OperationKinds.DryRun;

    /// <summary>Whether every field is compared itself, and what differs is reported.</summary>
    public bool Reconciles => Kind == OperationKinds.Reconcile;
}
