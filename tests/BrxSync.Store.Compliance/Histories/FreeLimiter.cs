using BrxSync.Client.RateLimiting;

namespace BrxSync.Store.Compliance.Histories;

/// <summary>
/// Lets every request go: in virtual time, which stands still while a request is under way, a true limiter would wait for ever. After a
/// refusal it says that it is frozen until a request is answered.
/// </summary>
internal sealed class FreeLimiter : IRateLimiter
{
    private volatile bool _isRefused;

    public ValueTask<RateLimitLease?> AcquireAsync(RateLimitRequest request, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<RateLimitLease?>(new RateLimitLease(request, "free", TimeSpan.Zero));

    public ValueTask CompleteAsync(RateLimitLease lease, RateLimitOutcome outcome, CancellationToken cancellationToken = default)
    {
        _isRefused = outcome.Kind == RateLimitOutcomeKind.Refused;
        return ValueTask.CompletedTask;
    }

    public ValueTask<RateLimiterState> GetStateAsync(string key, CancellationToken cancellationToken = default)
    {
        var bucket = new RateLimitBucketState
        {
            Slots = int.MaxValue, SlotsFree = int.MaxValue, SpeedFactor = 1, FrozenUntil = _isRefused ? DateTimeOffset.MaxValue : null,
        };
        return ValueTask.FromResult(
            new RateLimiterState { General = bucket, Marketplace = bucket, Jobs = bucket, Waiting = 0, WaitingHighPriority = 0 });
    }
}
