namespace BrxSync.Sync.Abstractions.Records;

/// <summary>Which dead letters are wanted: those of one account or of all, newest first.</summary>
internal sealed record DeadLetterFilter
{
    /// <summary>The account; null for all.</summary>
    public AccountId? AccountId { get; init; }

    /// <summary>The source; null for all.</summary>
    public string? Source { get; init; }

    /// <summary>The kind; null for all.</summary>
    public string? Kind { get; init; }

    /// <summary>The status; null for any.</summary>
    public DeadLetterStatus? Status { get; init; }

    /// <summary>Only those that failed last at this time or before; null for all.</summary>
    public DateTimeOffset? FailedBefore { get; init; }

    /// <summary>Only letters of lower numbers; null for all.</summary>
    public long? Before { get; init; }

    /// <summary>How many at most.</summary>
    public required int Limit { get; init; }
}
