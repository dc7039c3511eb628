using System.Diagnostics.Metrics;

namespace BrxSync.Sync.Diagnostics;

/// <summary>Counts what feeds hand over. The name of a feed is the only tag that a host chooses.</summary>
internal sealed class FeedMetrics
{
    private readonly Counter<long> _entries;
    private readonly Counter<long> _batches;

    public FeedMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SyncDiagnostics.Name);
        _entries = meter.CreateCounter<long>("brx.feed.entries", "{entry}", "Entries of the journal that handlers have taken, by feed.");
        _batches = meter.CreateCounter<long>(
            "brx.feed.batches", "{batch}", "Batches by feed and by what became of them: delivered, failed, paused.");
    }

    public void CountDelivered(string feed, int entries)
    {
        _entries.Add(entries, new KeyValuePair<string, object?>("feed", feed));
        Count(feed, "delivered");
    }

    public void Count(string feed, string outcome) => _batches.Add(
        1, new KeyValuePair<string, object?>("feed", feed), new KeyValuePair<string, object?>("outcome", outcome));
}
