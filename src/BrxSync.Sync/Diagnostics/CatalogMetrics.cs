using System.Diagnostics.Metrics;

namespace BrxSync.Sync.Diagnostics;

/// <summary>The metrics of the catalogue, in the meter of this package.</summary>
internal sealed class CatalogMetrics
{
    private readonly Counter<long> _lookups;
    private readonly Histogram<double> _queryDuration;
    private readonly Counter<long> _retries;

    public CatalogMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(SyncDiagnostics.Name);
        _lookups = meter.CreateCounter<long>(
            "brx.catalog.lookups",
            "{blueprint}",
            "Blueprints looked up, by where the answer came from: memory, joined (another sync was asking), cache, database.");
        _queryDuration = meter.CreateHistogram<double>(
            "brx.catalog.query.duration",
            "s",
            "How long one attempt of a catalogue query took, waiting for a connection excluded, by outcome.");
        _retries = meter.CreateCounter<long>(
            "brx.catalog.retries", "{retry}", "Catalogue queries that were repeated after a passing fault.");
    }

    public void CountLookups(string source, int count)
    {
        if (count > 0)
        {
            _lookups.Add(count, new KeyValuePair<string, object?>("source", source));
        }
    }

    public void RecordQuery(TimeSpan duration, bool succeeded) =>
        _queryDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", succeeded ? "ok" : "error"));

    public void CountRetry() => _retries.Add(1);
}
