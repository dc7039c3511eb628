using BrxSync.Client.RateLimiting;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>A lease of this process, as long as it counts: what a server that was away or has lost its state is told.</summary>
internal sealed class OwnLease(string id, RateLimitBucket bucket, long grantedAt, long now)
{
    public string Id => id;

    public RateLimitBucket Bucket => bucket;

    /// <summary>Gets when Redis granted it by its own clock; 0 when this process did.</summary>
    public long GrantedAt => grantedAt;

    /// <summary>Gets since when it is out or done.</summary>
    public long Since { get; private set; } = now;

    public bool IsOut { get; private set; } = true;

    public bool IsUnsent => !IsOut && Outcome.Kind == RateLimitOutcomeKind.NotSent;

    public RateLimitOutcome Outcome { get; private set; }

    /// <summary>Gets or sets whether Redis knows what became of it.</summary>
    public bool IsKnown { get; set; }

    public void Complete(RateLimitOutcome outcome, long now) => (IsOut, Outcome, Since) = (false, outcome, now);

    /// <summary>Tells whether nobody needs to hear of it any more.</summary>
    public bool IsOver(long now, RateLimiterOptions options) => IsOut
        ? now - Since >= (options.LeaseLifetime + options.Window).Ticks
        : IsKnown && (IsUnsent || now - Since >= options.Window.Ticks);
}
