using BrxSync.Client.RateLimiting;

namespace BrxSync.Store.Compliance.Histories;

/// <summary>
/// Lets every request go: in virtual time, which stands still while a request is under way, a true limiter would wait for ever.
/// </summary>
internal sealed class FreeLimiter : IRateLimiter
{
    public ValueTask<RateLimitLease?> AcquireAsync(RateLimitRequest request, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<RateLimitLease?>(new RateLimitLease(request, "free", TimeSpan.Zero));

    public ValueTask CompleteAsync(RateLimitLease lease, RateLimitOutcome outcome, CancellationToken cancellationToken = default) =>
        ValueTask.CompletedTask;

    public ValueTask<RateLimiterState> GetStateAsync(string key, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}
