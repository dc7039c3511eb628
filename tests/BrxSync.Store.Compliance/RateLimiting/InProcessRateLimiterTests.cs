using BrxSync.Client.RateLimiting;

namespace BrxSync.Store.Compliance.RateLimiting;

/// <summary>The limiter that counts in the process.</summary>
public sealed class InProcessRateLimiterTests : RateLimiterSuite
{
    protected override IRateLimiter Create() => new InProcessRateLimiter(Options, Time);

    protected override Task SettleAsync() => Task.CompletedTask;
}
