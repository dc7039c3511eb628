using BrxSync.Client.RateLimiting;
using BrxSync.Testing;
using Xunit.Abstractions;

namespace BrxSync.Store.Compliance.RateLimiting;

/// <summary>The gate of the limiter that counts in the process.</summary>
public sealed class InProcessRateLimiterGateTests(ITestOutputHelper output) : RateLimiterGateSuite(output)
{
    protected override ILimitersUnderTest Begin(ManualTimeProvider time) => new OneForAll(time);

    private sealed class OneForAll(ManualTimeProvider time) : ILimitersUnderTest
    {
        private readonly InProcessRateLimiter limiter = new(new RateLimiterOptions(), time);

        public bool AreBusy => false;

        public IRateLimiter Add() => limiter;

        public void Dispose() => limiter.Dispose();
    }
}
