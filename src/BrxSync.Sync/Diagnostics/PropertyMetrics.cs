using System.Diagnostics.Metrics;

namespace BrxSync.Sync.Diagnostics;

/// <summary>Counts how it became known which properties blueprints allow.</summary>
internal sealed class PropertyMetrics
{
    private readonly Counter<long> _lookups;

    public PropertyMetrics(IMeterFactory meters) => _lookups = meters.Create(SyncDiagnostics.Name).CreateCounter<long>(
        "brx.properties.lookups",
        "{blueprint}",
        "Blueprints whose editable properties were needed, by source: memory, store, cardtrader, older (a newer one cannot be had), nowhere.");

    public void Count(string source, int count)
    {
        if (count > 0)
        {
            _lookups.Add(count, new KeyValuePair<string, object?>("source", source));
        }
    }
}
