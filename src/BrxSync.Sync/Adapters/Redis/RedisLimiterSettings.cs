using System.Globalization;
using System.Security.Cryptography;
using BrxSync.Client.RateLimiting;
using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>What all tokens of the limiter of a process have in common.</summary>
internal sealed class RedisLimiterSettings
{
    private long _leases;

    public RedisLimiterSettings(RedisConnection connection, RedisOptions redis, RateLimiterOptions options, TimeProvider time)
    {
        (Connection, Options, Time) = (connection, options, time);
        (KeyPrefix, Instances, Timeout) = (redis.KeyPrefix, redis.Instances, redis.LimiterTimeout);
        var recovery = TimeSpan.FromMinutes(16); // From the least speed to the full one.
        var second = TimeSpan.FromSeconds(1);
        Limits =
        [
            Microseconds(options.LeaseLifetime),
            (long)(options.LeaseLifetime + options.Window + recovery).TotalMilliseconds,
            .. Limit(options.RequestsPerWindow, options.Window, options.RequestsPerSecond, options.Burst, options.HighPriorityReserve),
            .. Limit(RateLimiterOptions.MarketplaceSlots, second, options.MarketplaceRequestsPerSecond, burst: 1, reserve: 0),
            .. Limit(RateLimiterOptions.JobSlots, second, 1 / options.JobPollInterval.TotalSeconds, burst: 1, reserve: 0),
        ];
    }

    public RedisConnection Connection { get; }

    public RateLimiterOptions Options { get; }

    public TimeProvider Time { get; }

    public string KeyPrefix { get; }

    public int Instances { get; }

    public TimeSpan Timeout { get; }

    /// <summary>Gets what tells this process from all others.</summary>
    public string Process { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Gets what every script is told after the time: how long leases and keys live, and the limits.</summary>
    public IReadOnlyList<RedisValue> Limits { get; }

    /// <summary>Gets what scripts are told of the time: nothing, since the server's clock is everybody's. Tests tell their own.</summary>
    public Func<RedisValue> Clock { get; init; } = static () => RedisValue.EmptyString;

    public required RedisMetrics Metrics { get; init; }

    public required RedisAvailability Availability { get; init; }

    public string NextLease() =>
        string.Create(CultureInfo.InvariantCulture, $"{Process}-{Interlocked.Increment(ref _leases)}");

    private static IEnumerable<RedisValue> Limit(int slots, TimeSpan window, double perSecond, int burst, double reserve) =>
    [
        slots, Microseconds(window), (1_000_000 / perSecond).ToString("R", CultureInfo.InvariantCulture), burst,
        reserve.ToString("R", CultureInfo.InvariantCulture),
    ];

    private static long Microseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;
}
