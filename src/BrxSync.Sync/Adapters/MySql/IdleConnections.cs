using System.Diagnostics.Metrics;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>
/// Counts the idle connections of a named pool, which only the driver knows. It tells them as changes, under a name from before the
/// conventions were stable, so they are counted from the first connection on.
/// </summary>
internal sealed class IdleConnections : IDisposable
{
    private readonly MeterListener _driver;
    private int _count;

    public IdleConnections(string pool)
    {
        var name = new KeyValuePair<string, object?>("pool.name", pool);
        var idle = new KeyValuePair<string, object?>("state", "idle");
        _driver = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "MySqlConnector", Name: "db.client.connections.usage" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _driver.SetMeasurementEventCallback<int>((_, change, tags, _) =>
        {
            if (tags.Contains(name) && tags.Contains(idle))
            {
                Interlocked.Add(ref _count, change);
            }
        });
        _driver.Start();
    }

    /// <summary>Gets how many there are.</summary>
    public int Count => Math.Max(0, Volatile.Read(ref _count));

    public void Dispose() => _driver.Dispose();
}
