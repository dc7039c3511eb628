using System.Diagnostics.Metrics;

namespace BrxSync.Sync.Diagnostics;

/// <summary>The metrics of the catalogue, in the meter of this package.</summary>
internal static class CatalogDiagnostics
{
    private static readonly Meter Meter = new(SyncDiagnostics.Name);

    private static readonly Counter<long> Lookups = Meter.CreateCounter<long>(
        "brx.catalog.lookups", "{blueprint}", "Blueprints looked up, by where the answer came from: memory, joined (another sync was asking), cache, database.");

    private static readonly Histogram<double> QueryDuration = Meter.CreateHistogram<double>(
        "brx.catalog.query.duration", "s", "How long one attempt of a catalogue query took, waiting for a connection excluded, by outcome.");

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>(
        "brx.catalog.retries", "{retry}", "Catalogue queries that were repeated after a passing fault.");

    public static void CountLookups(string source, int count)
    {
        if (count > 0)
        {
            Lookups.Add(count, new KeyValuePair<string, object?>("source", source));
        }
    }

    public static void RecordQuery(TimeSpan duration, bool succeeded) =>
        QueryDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", succeeded ? "ok" : "error"));

    public static void CountRetry() => Retries.Add(1);
}
