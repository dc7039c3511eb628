using BrxSync.Client.RateLimiting;
using BrxSync.Store.Compliance.RateLimiting;
using BrxSync.Testing;

namespace BrxSync.Integration.Tests.Redis;

/// <summary>The limiter that counts in a cluster of Redis.</summary>
public sealed class RedisClusterRateLimiterTests : RateLimiterSuite
{
    private readonly RedisLimiters limiters;

    public RedisClusterRateLimiterTests() => limiters = new RedisLimiters(ServerEnvironment.RedisCluster, Options, Time, isVirtual: true);

    protected override IRateLimiter Create() => limiters.Add();

    protected override Task SettleAsync() => limiters.SettleAsync();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        limiters.Dispose();
    }
}
