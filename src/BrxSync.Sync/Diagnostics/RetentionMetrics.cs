using System.Diagnostics.Metrics;

namespace BrxSync.Sync.Diagnostics;

/// <summary>Counts what is removed because its time is over, or because its account is purged.</summary>
internal sealed class RetentionMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _rows = meters.Create(SyncDiagnostics.Name).CreateCounter<long>(
        "brx.retention.rows", "{row}", "Rows of history that were removed, by table.");

    public void Count(string table, long rows)
    {
        if (rows > 0)
        {
            _rows.Add(rows, new KeyValuePair<string, object?>("table", table));
        }
    }
}
