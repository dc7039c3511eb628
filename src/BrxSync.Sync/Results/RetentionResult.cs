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
}
