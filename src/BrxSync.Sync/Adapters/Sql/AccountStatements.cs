namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to keep accounts. Ids cross as text, times as microseconds.</summary>
internal sealed record AccountStatements
{
    public required string Find { get; init; }

    public required string Stream { get; init; }

    public required string Save { get; init; }

    public required string ReplaceSecrets { get; init; }

    public required string SetStatus { get; init; }
}
