using System.Diagnostics.Metrics;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Diagnostics;

namespace BrxSync.Sync.Feed;

/// <summary>
/// Exports how far the feeds of this host are behind, over all connected accounts: in entries (<c>brx.feed.lag</c>), in time
/// (<c>brx.feed.lag.time</c>), and for how many accounts they are paused (<c>brx.feed.paused</c>).
/// </summary>
/// <remarks>
/// The cluster-wide sweep calls <see cref="RefreshAsync"/>, in whichever process it runs. The time grows between refreshes. Figures older
/// than five minutes are not exported, since another process has newer ones.
/// </remarks>
internal sealed class FeedLag
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly IFeedStore _store;
    private readonly FeedNames _feeds;
    private readonly TimeProvider _time;
    private volatile Figures? _figures;

    public FeedLag(IFeedStore store, FeedNames feeds, IMeterFactory meters, TimeProvider time)
    {
        (_store, _feeds, _time) = (store, feeds, time);
        var meter = meters.Create(SyncDiagnostics.Name);
        meter.CreateObservableGauge(
            "brx.feed.lag", () => Observe(backlog => backlog.Entries), "{entry}", "Entries that handlers have not taken yet, by feed.");
        meter.CreateObservableGauge(
            "brx.feed.lag.time", ObserveTime, "s", "The age of the oldest entry that a handler has not taken yet, by feed.");
        meter.CreateObservableGauge(
            "brx.feed.paused", () => Observe(backlog => backlog.Paused), "{account}", "Accounts for which a feed is paused, by feed.");
    }

    /// <summary>Reads the figures anew.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>A task that ends when they are exported.</returns>
    /// <exception cref="System.Data.Common.DbException">The database failed; the former figures stay.</exception>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        if (_feeds.All.Count == 0)
        {
            return;
        }

        var (readAt, now) = (_time.GetTimestamp(), _time.GetUtcNow());
        var backlogs = await _store.ListBacklogsAsync(cancellationToken).ConfigureAwait(false);
        _figures = new Figures(readAt, now, backlogs.ToDictionary(backlog => backlog.Name, StringComparer.Ordinal));
    }

    /// <summary>A feed that is behind with nothing has a figure too: an alert ends by it.</summary>
    private IEnumerable<Measurement<long>> Observe(Func<FeedBacklog, long> value) => Current() is { } figures
        ? _feeds.All.Select(feed => new Measurement<long>(value(figures.Backlogs.GetValueOrDefault(feed)), Tag(feed)))
        : [];

    private IEnumerable<Measurement<double>> ObserveTime() => Current() is { } figures
        ? _feeds.All.Select(feed => new Measurement<double>(
            figures.Backlogs.GetValueOrDefault(feed).Oldest is { } oldest
                ? Math.Max(0, (figures.Now - oldest).TotalSeconds) + _time.GetElapsedTime(figures.ReadAt).TotalSeconds
                : 0,
            Tag(feed)))
        : [];

    private static KeyValuePair<string, object?> Tag(string feed) => new("feed", feed);

    private Figures? Current() => _figures is { } figures && _time.GetElapsedTime(figures.ReadAt) <= Lifetime ? figures : null;

    private sealed record Figures(long ReadAt, DateTimeOffset Now, IReadOnlyDictionary<string, FeedBacklog> Backlogs);
}
