namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to keep operations. Ids cross as text, times as microseconds.</summary>
internal sealed record OperationStatements
{
    public required string TryStart { get; init; }

    /// <summary>Holds the account's row until the transaction ends; no row when no calls may be made for the account.</summary>
    public required string LockActiveAccount { get; init; }

    /// <summary>Closes runs without a sign of life.</summary>
    public required string CloseSilent { get; init; }

    /// <summary>Records a pending operation unless one is live.</summary>
    public required string Queue { get; init; }

    public required string FindLive { get; init; }

    /// <summary>Shows the account as being synchronized.</summary>
    public required string ShowQueued { get; init; }

    public required string Report { get; init; }

    public required string Complete { get; init; }

    /// <summary>Holds the account's row until the transaction ends; no row when there is no such account.</summary>
    public required string LockAccount { get; init; }

    /// <summary>
    /// Records a running operation of a given id, or one that has ended or is silent as running again; no row when it is another one, or
    /// live. Each beginning of an operation is later than the one before, whatever the clock does.
    /// </summary>
    public required string Begin { get; init; }

    /// <summary>Closes runs of one kind without a sign of life, of all accounts, by the index on what has not ended.</summary>
    public required string CloseAllSilent { get; init; }

    public required string CloseInterrupted { get; init; }

    /// <summary>
    /// Holds the account's row, if the operation is live, until the transaction ends, and gives it a new epoch, which fences out its run,
    /// unless the run is another operation's.
    /// </summary>
    public required string FenceRun { get; init; }

    /// <summary>Closes one live operation, as its snapshot says if that was committed.</summary>
    public required string Cancel { get; init; }

    /// <summary>Ends what waits to repeat an operation.</summary>
    public required string EndRetries { get; init; }

    public required string Find { get; init; }

    /// <summary>Finds an operation of whichever account.</summary>
    public required string FindAnywhere { get; init; }

    public required string List { get; init; }
}
