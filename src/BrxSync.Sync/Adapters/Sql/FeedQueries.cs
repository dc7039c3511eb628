namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to keep the cursors of feeds. Times cross as microseconds.</summary>
internal sealed record FeedQueries
{
    public required string Create { get; init; }

    public required string Find { get; init; }

    public required string Save { get; init; }

    public required string ListEntries { get; init; }

    public required string ListBacklogs { get; init; }
}
