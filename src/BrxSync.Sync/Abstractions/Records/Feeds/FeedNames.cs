namespace BrxSync.Sync.Abstractions.Records.Feeds;

/// <summary>The feeds that have a handler in this host, in the order of their registrations.</summary>
internal sealed record FeedNames(IReadOnlyList<string> All)
{
    public static FeedNames None { get; } = new([]);
}
