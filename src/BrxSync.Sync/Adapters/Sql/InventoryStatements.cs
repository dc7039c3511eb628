namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to read the stock. Ids cross as text, times as microseconds.</summary>
internal sealed record InventoryStatements
{
    public required string Stream { get; init; }

    public required string Summarize { get; init; }

    public required string FindByExternalId { get; init; }

    /// <summary>Of all products, after a position.</summary>
    public required string StreamJournal { get; init; }

    /// <summary>Of one product, after a position.</summary>
    public required string StreamItemJournal { get; init; }

    /// <summary>Of all products, the newest before a position first.</summary>
    public required string ListJournal { get; init; }

    /// <summary>Of one product, the newest before a position first.</summary>
    public required string ListItemJournal { get; init; }

    public required string GetJournalPosition { get; init; }
}
