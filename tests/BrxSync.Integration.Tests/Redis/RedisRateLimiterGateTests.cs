using BrxSync.Client.RateLimiting;
using BrxSync.Store.Compliance.RateLimiting;
using BrxSync.Testing;
using Xunit.Abstractions;

namespace BrxSync.Integration.Tests.Redis;

/// <summary>The gate of the limiter that counts in Redis: each caller is a process.</summary>
public sealed class RedisRateLimiterGateTests(ITestOutputHelper output) : RateLimiterGateSuite(output)
{
    protected override TimeSpan Duration => TimeSpan.FromMinutes(1);

    protected override ILimitersUnderTest Begin(ManualTimeProvider time) =>
        new RedisLimiters(ServerEnvironment.Redis, new RateLimiterOptions(), time, isVirtual: true);
}
