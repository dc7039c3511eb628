namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to keep accounts. Ids cross as text, times as microseconds.</summary>
internal sealed record AccountStatements
{
    public required string Find { get; init; }

    public required string Stream { get; init; }

    /// <summary>Creates the row if there is none.</summary>
    public required string Create { get; init; }

    /// <summary>Reads the linked seller and holds the row until the transaction ends.</summary>
    public required string LockSeller { get; init; }

    /// <summary>Stores a connection unless another account is linked to its seller.</summary>
    public required string Connect { get; init; }

    /// <summary>Gives the account a new epoch, which fences out its runs, and the status of one that does not run.</summary>
    public required string FenceRuns { get; init; }

    /// <summary>Closes the operations of runs that were fenced out.</summary>
    public required string CancelOperations { get; init; }

    /// <summary>
    /// Forgets what was learned from one seller, but stock and history. A fall in that history can no longer confirm another.
    /// </summary>
    public required string ForgetSeller { get; init; }

    /// <summary>Deletes work that waits.</summary>
    public required string DiscardWork { get; init; }

    public required string Suspend { get; init; }

    public required string SetWrites { get; init; }

    public required string SetSafetyStock { get; init; }

    /// <summary>Has the copies of all rows that go by the account's safety stock looked at.</summary>
    public required string MarkHolds { get; init; }

    public required string Resume { get; init; }

    /// <summary>Erases secrets and identity.</summary>
    public required string Erase { get; init; }

    public required string Stop { get; init; }

    /// <summary>Closes operations that wait and can not be run.</summary>
    public required string FailQueued { get; init; }

    public required string ReplaceSecrets { get; init; }

    public required string SetStatus { get; init; }
}
