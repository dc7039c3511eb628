using System.Diagnostics.Metrics;
using BrxSync.Sync.Diagnostics;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>How long Redis takes, in the meter of this package.</summary>
internal sealed class RedisMetrics
{
    private readonly Histogram<double> _duration;

    public RedisMetrics(IMeterFactory meters) =>
        _duration = meters.Create(SyncDiagnostics.Name).CreateHistogram<double>(
            "brx.redis.operation.duration", "s", "How long Redis took to answer, by operation and outcome: ok, timeout, error.");

    public void RecordOperation(string operation, string outcome, TimeSpan duration) => _duration.Record(
        duration.TotalSeconds,
        new KeyValuePair<string, object?>("operation", operation),
        new KeyValuePair<string, object?>("outcome", outcome));
}
