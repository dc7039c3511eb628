namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to look after requests and the inbox. Ids cross as text, times as microseconds.</summary>
internal sealed record StockQueries
{
    public required string Keep { get; init; }

    public required string ListWaiting { get; init; }

    public required string ListRereads { get; init; }

    public required string ListFetches { get; init; }

    public required string PostponeRereads { get; init; }

    public required string PostponeFetch { get; init; }

    public required string GetOrderPosition { get; init; }

    public required string SetOrderPosition { get; init; }

    public required string ListStanding { get; init; }
}
