using System.Diagnostics.Metrics;
using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>
/// Tells how full the pools are and how far the standby is behind. Only the driver knows its pools, and tells them as a metric alone.
/// </summary>
internal sealed class PoolCondition : IStoreCondition, IDisposable
{
    private readonly PostgreSqlPool _pools;
    private readonly TimeProvider _time;
    private readonly MeterListener _driver;
    private readonly Lock _gate = new();
    private Dictionary<string, object> _told = [];

    public PoolCondition(PostgreSqlPool pools, TimeProvider time)
    {
        (_pools, _time) = (pools, time);
        _driver = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument is { Meter.Name: "Npgsql", Name: "db.client.connection.count" or "db.client.connection.max" })
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        _driver.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _driver.Start();
    }

    public IReadOnlyDictionary<string, object> Describe()
    {
        lock (_gate)
        {
            _told = new Dictionary<string, object>(StringComparer.Ordinal);
            _driver.RecordObservableInstruments();
            foreach (var pool in _pools.All)
            {
                _told[$"{Short(pool.Role.Name)}.waiting"] = pool.Waiting;
            }

            if (_pools.LastLag is { } last)
            {
                _told["replica.measured_seconds_ago"] = (long)_time.GetElapsedTime(last.At).TotalSeconds;
                _told["replica.lag_ms"] = last.Lag is { } lag ? (long)lag.TotalMilliseconds : "unknown";
            }

            return _told;
        }
    }

    public void Dispose() => _driver.Dispose();

    /// <summary>Where a pool leads to several hosts the driver tells it once for each.</summary>
    private void Add(Instrument instrument, int value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? pool = null;
        var what = "max";
        foreach (var tag in tags)
        {
            pool = tag.Key == "db.client.connection.pool.name" ? tag.Value as string : pool;
            what = tag.Key == "db.client.connection.state" && tag.Value is string state ? state : what;
        }

        if (pool is not null && _pools.All.Any(ours => ours.Role.Name == pool))
        {
            var name = $"{Short(pool)}.{what}";
            _told[name] = (_told.TryGetValue(name, out var sum) ? (int)sum : 0) + value;
        }
    }

    private static string Short(string pool) => pool switch
    {
        "BrxSync.Session" => "session_pool",
        "BrxSync.Replica" => "replica_pool",
        _ => "pool",
    };
}
