namespace BrxSync.Sync.Abstractions.Records;

/// <summary>When the sweep has to look at an account again for what the clock starts.</summary>
internal sealed record NextLook
{
    /// <summary>Gets the account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Gets when for its orders; null for the time that is stored.</summary>
    public DateTimeOffset? OrdersDueAt { get; init; }

    /// <summary>Gets when for a comparison as a whole; null for the time that is stored.</summary>
    public DateTimeOffset? CompareDueAt { get; init; }
}
