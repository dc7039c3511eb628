using BrxSync.Client.RateLimiting;
using BrxSync.Store.Compliance.RateLimiting;
using BrxSync.Testing;

namespace BrxSync.Integration.Tests.Redis;

/// <summary>The limiter that counts in Redis.</summary>
public sealed class RedisRateLimiterTests : RateLimiterSuite
{
    private readonly RedisLimiters limiters;

    public RedisRateLimiterTests() => limiters = new RedisLimiters(ServerEnvironment.Redis, Options, Time, isVirtual: true);

    protected override IRateLimiter Create() => limiters.Add();

    protected override Task SettleAsync() => limiters.SettleAsync();

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        limiters.Dispose();
    }
}
