using System.Diagnostics.Metrics;
using System.Globalization;
using BrxSync.Sync.Diagnostics;
using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>What can be read off Redis at any time: its memory, the connections of this process, and whether it keeps the limits.</summary>
internal sealed class RedisGauges
{
    // A gauge is read on the spot and cannot wait for an answer: it tells the last one, and asks for the next.
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(15);

    private readonly RedisConnection _connection;
    private readonly TimeProvider _time;
    private long _askedAt = long.MinValue;
    private long _memory = -1;

    public RedisGauges(IMeterFactory meters, RedisConnection connection, RedisAvailability availability, TimeProvider time)
    {
        (_connection, _time) = (connection, time);
        var meter = meters.Create(SyncDiagnostics.Name);
        var pool = new KeyValuePair<string, object?>("db.client.connection.pool.name", "redis");
        var used = new KeyValuePair<string, object?>("db.client.connection.state", "used");
        meter.CreateObservableUpDownCounter(
            "db.client.connection.count",
            () => new Measurement<int>(CountConnected(), pool, used),
            "{connection}",
            "Connections of a pool, by state.");
        meter.CreateObservableUpDownCounter(
            "db.client.connection.pending_requests",
            () => new Measurement<long>(_connection.Current?.GetCounters().TotalOutstanding ?? 0, pool),
            "{request}",
            "Requests that wait for a connection of a pool.");
        meter.CreateObservableCounter(
            "brx.redis.reconnects", () => _connection.Reconnects, "{connection}", "Connections to Redis that broke and were made again.");
        meter.CreateObservableGauge(
            "brx.redis.memory", ReadMemory, "By", "Memory that the primaries of Redis use, as they last told it.");
        meter.CreateObservableGauge(
            "brx.redis.limiter.alone",
            () => availability.TokensAlone,
            "{token}",
            "Tokens for which this process keeps to its share of the limits, since Redis is away or was a moment ago.");
    }

    private int CountConnected() => _connection.Current?.GetServers().Count(static server => server.IsConnected) ?? 0;

    private IEnumerable<Measurement<long>> ReadMemory()
    {
        var asked = Interlocked.Read(ref _askedAt);
        if ((asked == long.MinValue || _time.GetElapsedTime(asked) >= AskEvery)
            && Interlocked.CompareExchange(ref _askedAt, _time.GetTimestamp(), asked) == asked
            && _connection.Current is { } connection)
        {
            _ = AskMemoryAsync(connection);
        }

        return Interlocked.Read(ref _memory) is >= 0 and var memory ? [new Measurement<long>(memory)] : [];
    }

    private async Task AskMemoryAsync(IConnectionMultiplexer connection)
    {
        try
        {
            long sum = 0;
            foreach (var server in connection.GetServers().Where(static server => server is { IsConnected: true, IsReplica: false }))
            {
                var memory = (await server.InfoAsync("memory").ConfigureAwait(false))
                    .SelectMany(static section => section)
                    .FirstOrDefault(static entry => entry.Key == "used_memory").Value;
                sum += long.TryParse(memory, CultureInfo.InvariantCulture, out var bytes) ? bytes : 0;
            }

            Interlocked.Exchange(ref _memory, sum);
        }
        catch (Exception exception) when (RedisFault.Is(exception))
        {
            Interlocked.Exchange(ref _memory, -1);
        }
    }
}
