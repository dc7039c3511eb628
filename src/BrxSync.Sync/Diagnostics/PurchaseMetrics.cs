using System.Diagnostics.Metrics;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Diagnostics;

/// <summary>Counts purchases, and measures how long buyers wait.</summary>
internal sealed class PurchaseMetrics
{
    private readonly Counter<long> _purchases;
    private readonly Histogram<double> _duration;
    private readonly TimeProvider _time;

    public PurchaseMetrics(IMeterFactory meters, TimeProvider time)
    {
        _time = time;
        var meter = meters.Create(SyncDiagnostics.Name);
        _purchases = meter.CreateCounter<long>(
            "brx.purchases", "{purchase}", "Purchases through the own channel by what became of them when they were answered.");
        _duration = meter.CreateHistogram<double>(
            "brx.purchase.duration", "s", "How long a purchase took until it was answered, by outcome.");
    }

    /// <summary>Notes that a purchase begins.</summary>
    public long Begin() => _time.GetTimestamp();

    public void Count(PurchaseResult result, long begun)
    {
        var outcome = new KeyValuePair<string, object?>("outcome", StoredWords.Of(result.Outcome));
        _purchases.Add(1, outcome);
        _duration.Record(_time.GetElapsedTime(begun).TotalSeconds, outcome);
    }
}
