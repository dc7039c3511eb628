namespace BrxSync.Sync;

/// <summary>How many rows of history were removed.</summary>
public sealed record RetentionResult
{
    /// <summary>Gets how many changes.</summary>
    public long Changes { get; init; }

    /// <summary>Gets how many entries of the journal.</summary>
    public long JournalEntries { get; init; }

    /// <summary>Gets how many dead letters.</summary>
    public long DeadLetters { get; init; }

    /// <summary>Gets how many operations.</summary>
    public long Operations { get; init; }

    /// <summary>Gets how many webhook deliveries.</summary>
    public long Deliveries { get; init; }

    /// <summary>Gets how many orders, each with the rows of its items in the ledger.</summary>
    public long Orders { get; init; }

    /// <summary>Gets how many drift reports.</summary>
    public long DriftReports { get; init; }

    /// <summary>Gets how many notices about orders.</summary>
    public long Notices { get; init; }

    /// <summary>Gets how many records of snapshots.</summary>
    public long Snapshots { get; init; }
}
