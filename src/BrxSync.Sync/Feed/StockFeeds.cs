using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Feed;

/// <summary>The feeds that have a handler in this host, with their options and counters.</summary>
internal sealed class StockFeeds(
    IEnumerable<StockFeedRegistration> registrations, IOptionsMonitor<StockFeedOptions> options, FeedMetrics metrics)
{
    /// <summary>Gets the feeds in the order of their registrations.</summary>
    public IReadOnlyList<StockFeedRegistration> All { get; } = [.. registrations];

    public FeedMetrics Metrics => metrics;

    public StockFeedOptions OptionsOf(StockFeedRegistration feed) => options.Get(feed.Name);
}
