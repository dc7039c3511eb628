namespace BrxSync.Sync;

/// <summary>Entries of one account's journal, as a feed hands them over.</summary>
public sealed record StockFeedBatch
{
    /// <summary>Gets the name of the feed.</summary>
    public required string Feed { get; init; }

    /// <summary>Gets the account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Gets the entries in the order of their positions; there is at least one.</summary>
    public required IReadOnlyList<JournalEntry> Entries { get; init; }

    /// <summary>Gets the position of the last entry: the cursor once the batch is done with.</summary>
    public long LastPosition => Entries[^1].Position;

    /// <summary>Gets how often the first of these entries was handed over in vain before.</summary>
    /// <value>0 for the first attempt.</value>
    public int Attempt { get; init; }
}
