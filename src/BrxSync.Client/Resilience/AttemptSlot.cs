using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Resilience;

/// <summary>The slot of the rate limiter that one attempt holds; handed back once, with what became of the attempt.</summary>
internal sealed class AttemptSlot(IRateLimiter limiter, RateLimitLease lease)
{
    private bool _completed;

    /// <summary>What to tell the limiter. Nothing was sent until this says otherwise.</summary>
    public RateLimitOutcome Outcome { get; set; } = RateLimitOutcome.NotSent;

    /// <summary>Tells whether the attempt was begun: from then on its request may leave.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>Begins the attempt. Until an answer is there, it counts as lost.</summary>
    public void Use() => (IsUsed, Outcome) = (true, RateLimitOutcome.Lost);

    public async ValueTask CompleteAsync()
    {
        if (!_completed)
        {
            _completed = true;

            // Not cancelled with the call: a lease that is never handed back would block its slot for minutes.
            await limiter.CompleteAsync(lease, Outcome, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
