using System.Threading.RateLimiting;
using BrxSync.Client.RateLimiting;
using Polly.CircuitBreaker;

namespace BrxSync.Client.Resilience;

/// <summary>What the calls of one class share: their settings, their circuit and their places in flight.</summary>
internal sealed class CallPolicy(CallPolicyOptions options) : IDisposable
{
    private readonly ConcurrencyLimiter _normal = Places(options.MaxConcurrency);
    private readonly ConcurrencyLimiter _high = Places(options.MaxConcurrency);

    public CallPolicyOptions Options { get; } = options;

    public CircuitBreakerStateProvider Circuit { get; } = new();

    /// <summary>Returns the places in flight for a priority. Each has its own, so that bulk work cannot take them all.</summary>
    public ConcurrencyLimiter PlacesFor(RateLimitPriority priority) => priority == RateLimitPriority.High ? _high : _normal;

    public void Dispose()
    {
        _normal.Dispose();
        _high.Dispose();
    }

    // Whoever finds none waits, within the time of his call.
    private static ConcurrencyLimiter Places(int count) => new(new ConcurrencyLimiterOptions
    {
        PermitLimit = count,
        QueueLimit = int.MaxValue,
    });
}
