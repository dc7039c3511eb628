namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to read the stock. Ids cross as text, times as microseconds.</summary>
internal sealed record InventoryStatements
{
    public required string Stream { get; init; }

    public required string Summarize { get; init; }

    public required string FindByExternalId { get; init; }

    public required string StreamJournal { get; init; }
}
