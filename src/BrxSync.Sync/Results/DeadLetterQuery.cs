namespace BrxSync.Sync;

/// <summary>Which dead letters are wanted.</summary>
public sealed record DeadLetterQuery
{
    /// <summary>Gets the source whose letters are wanted.</summary>
    /// <value>One of <see cref="DeadLetterSources"/>; null, the default, for all.</value>
    public string? Source { get; init; }

    /// <summary>Gets the kind whose letters are wanted.</summary>
    /// <value>One of <see cref="DeadLetterKinds"/>; null, the default, for all.</value>
    public string? Kind { get; init; }

    /// <summary>Gets the time at which, or before which, the letters must have failed last.</summary>
    /// <value>Null, the default, for any.</value>
    public DateTimeOffset? FailedBefore { get; init; }

    /// <summary>Gets the status that the letters must have.</summary>
    /// <value>Null, the default, for any.</value>
    public DeadLetterStatus? Status { get; init; }

    /// <summary>Gets how many letters are wanted at most.</summary>
    /// <value>1 to 200; default 50.</value>
    public int Limit { get; init; } = 50;

    /// <summary>Gets where to go on: the cursor of the page before.</summary>
    /// <value>Null, the default, for the first page.</value>
    public string? Cursor { get; init; }
}
