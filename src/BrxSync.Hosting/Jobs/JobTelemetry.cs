using System.Diagnostics;
using System.Diagnostics.Metrics;
using BrxSync.Hosting.Diagnostics;

namespace BrxSync.Hosting.Jobs;

/// <summary>Records what jobs do. Tags are kinds, outcomes and queues: never an account.</summary>
internal sealed class JobTelemetry
{
    private static readonly InstrumentAdvice<double> JobSeconds =
        new() { HistogramBucketBoundaries = [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 120, 300, 600, 1800] };

    private readonly Meter _meter;
    private readonly Counter<long> _jobs;
    private readonly Histogram<double> _duration;

    public JobTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(new MeterOptions(HostingDiagnostics.Name));
        _jobs = _meter.CreateCounter<long>("brx.sync.jobs", "{job}", "Runs of jobs by kind and by how they ended.");
        _duration = _meter.CreateHistogram("brx.sync.job.duration", "s", "How long runs of jobs took.", [], JobSeconds);
    }

    public void Ended(string kind, string outcome, TimeSpan duration)
    {
        var tags = new TagList { { "job.type", kind }, { "outcome", outcome } };
        _jobs.Add(1, tags);
        _duration.Record(duration.TotalSeconds, tags);
    }

    /// <summary>Exports the state of the queues.</summary>
    public void Observe(Func<IEnumerable<(string Queue, int Depth, TimeSpan OldestAge)>> measure)
    {
        _meter.CreateObservableGauge(
            "brx.sync.queue.depth",
            () => measure().Select(queue => new Measurement<int>(queue.Depth, new KeyValuePair<string, object?>("queue", queue.Queue))),
            "{job}",
            "Jobs that wait to be run, by queue: of this process, or of all that share them.");
        _meter.CreateObservableGauge(
            "brx.sync.queue.oldest.age",
            () => measure().Select(
                queue => new Measurement<double>(queue.OldestAge.TotalSeconds, new KeyValuePair<string, object?>("queue", queue.Queue))),
            "s",
            "How long the oldest job of a queue has waited.");
    }
}
