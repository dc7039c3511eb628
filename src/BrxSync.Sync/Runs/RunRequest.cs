namespace BrxSync.Sync.Runs;

/// <summary>One run over an account's whole stock, whoever asked for it.</summary>
internal sealed record RunRequest
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>One of <see cref="OperationKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether somebody vouches for a large fall, whatever it is.</summary>
    public bool AcceptFall { get; init; }

    /// <summary>How to read the stock; null leaves it to the options.</summary>
    public SyncMode? Mode { get; init; }

    /// <summary>
    /// Whether a job runs it: what fails is thrown as a <see cref="RunFailedException"/>, and what may pass leaves the operation to be
    /// tried again.
    /// </summary>
    public bool IsJob { get; init; }

    /// <summary>How many products a drift report names for each kind of difference.</summary>
    public int DriftSamples { get; init; }

    /// <summary>Whether to stop after the plan.</summary>
    public bool DryRun => Kind == OperationKinds.DryRun;

    /// <summary>Whether every field is compared itself, and what differs is reported.</summary>
    public bool Reconciles => Kind == OperationKinds.Reconcile;
}
