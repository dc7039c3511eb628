using BrxSync.Client.RateLimiting;
using Polly;
using Polly.CircuitBreaker;

namespace BrxSync.Client.Resilience;

/// <summary>What one class of calls shares: its pipelines, its circuit and its places in flight.</summary>
internal sealed class CallPolicy(
    CallPolicyOptions options,
    ResiliencePipeline<HttpResponseMessage> attempts,
    ResiliencePipeline attemptTimeout,
    CircuitBreakerStateProvider circuit) : IDisposable
{
    private readonly SemaphoreSlim _normal = new(options.MaxConcurrency);
    private readonly SemaphoreSlim _high = new(options.MaxConcurrency);

    public CallPolicyOptions Options { get; } = options;

    /// <summary>Repeats attempts and opens the circuit.</summary>
    public ResiliencePipeline<HttpResponseMessage> Attempts { get; } = attempts;

    /// <summary>Ends an attempt that takes too long.</summary>
    public ResiliencePipeline AttemptTimeout { get; } = attemptTimeout;

    public CircuitState Circuit => circuit.CircuitState;

    /// <summary>Returns the places in flight for a priority. Each has its own, so that bulk work cannot take them all.</summary>
    public SemaphoreSlim PlacesFor(RateLimitPriority priority) => priority == RateLimitPriority.High ? _high : _normal;

    public void Dispose()
    {
        _normal.Dispose();
        _high.Dispose();
    }
}
