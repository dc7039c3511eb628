using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Tests.Resilience;

/// <summary>A limiter that lets everything through, after a wait if told so, and keeps what it was asked and told.</summary>
internal sealed class RecordingLimiter(Func<CancellationToken, Task<bool>>? wait = null) : IRateLimiter
{
    public List<RateLimitRequest> Requests { get; } = [];

    public List<RateLimitOutcome> Outcomes { get; } = [];

    public async ValueTask<RateLimitLease?> AcquireAsync(RateLimitRequest request, CancellationToken cancellationToken = default)
    {
        lock (Requests)
        {
            Requests.Add(request);
        }

        return wait is null || await wait(cancellationToken) ? new RateLimitLease(request, Guid.NewGuid().ToString(), TimeSpan.Zero) : null;
    }

    public ValueTask CompleteAsync(RateLimitLease lease, RateLimitOutcome outcome, CancellationToken cancellationToken = default)
    {
        lock (Requests)
        {
            Outcomes.Add(outcome);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<RateLimiterState> GetStateAsync(string key, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
