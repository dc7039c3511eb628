namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to read dead letters. Ids cross as text, times as microseconds.</summary>
internal sealed record DeadLetterQueries
{
    public required string List { get; init; }

    public required string Find { get; init; }

    public required string CountOpen { get; init; }
}
