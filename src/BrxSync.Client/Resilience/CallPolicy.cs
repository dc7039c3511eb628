using System.Threading.RateLimiting;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.RateLimiting;
using Polly.CircuitBreaker;
using Place = System.Threading.RateLimiting.RateLimitLease;

namespace BrxSync.Client.Resilience;

/// <summary>What the calls of one class share: their settings, their circuit and their places in flight.</summary>
internal sealed class CallPolicy(CallPolicyOptions options) : IDisposable
{
    private readonly ConcurrencyLimiter _normal = Places(options.MaxConcurrency);
    private readonly ConcurrencyLimiter _high = Places(options.MaxConcurrency);

    public CallPolicyOptions Options { get; } = options;

    public CircuitBreakerStateProvider Circuit { get; } = new();

    /// <summary>Takes a place in flight. Each priority has its own, so that bulk work cannot take them all.</summary>
    /// <exception cref="CardTraderException">The host ended before one was free.</exception>
    public async ValueTask<Place> TakePlaceAsync(CallContext call, CancellationToken cancellationToken)
    {
        var places = call.Priority == RateLimitPriority.High ? _high : _normal;
        try
        {
            // Any number may wait: nobody is refused but by the end.
            var place = await places.AcquireAsync(1, cancellationToken).ConfigureAwait(false);
            return place.IsAcquired ? place : throw call.Errors.HostEnded(null, call.MayHaveBeenExecuted);
        }
        catch (ObjectDisposedException exception)
        {
            throw call.Errors.HostEnded(exception, call.MayHaveBeenExecuted);
        }
    }

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
