namespace BrxSync.Client.RateLimiting;

/// <summary>Tells the limiter how a leased request ended.</summary>
public readonly record struct RateLimitOutcome
{
    private RateLimitOutcome(RateLimitOutcomeKind kind, RateLimitBucket refusedBy)
    {
        Kind = kind;
        RefusedBy = refusedBy;
    }

    /// <summary>Gets the outcome of a request that was answered with any status but 429.</summary>
    public static RateLimitOutcome Answered { get; } = new(RateLimitOutcomeKind.Answered, RateLimitBucket.General);

    /// <summary>Gets the outcome of a request whose answer never came. Report it when the time-out has passed, not earlier.</summary>
    public static RateLimitOutcome Lost { get; } = new(RateLimitOutcomeKind.Lost, RateLimitBucket.General);

    /// <summary>Gets the outcome of a request of which no byte was sent.</summary>
    public static RateLimitOutcome NotSent { get; } = new(RateLimitOutcomeKind.NotSent, RateLimitBucket.General);

    /// <summary>Gets how the request ended.</summary>
    public RateLimitOutcomeKind Kind { get; }

    /// <summary>Gets the limit that refused the request. Meaningful for <see cref="RateLimitOutcomeKind.Refused"/> alone.</summary>
    public RateLimitBucket RefusedBy { get; }

    /// <summary>Makes the outcome of a request that was answered with 429.</summary>
    /// <param name="bucket">The limit named in the answer's text, or <see cref="RateLimitBucket.General"/> when it names none.</param>
    /// <returns>The outcome.</returns>
    public static RateLimitOutcome Refused(RateLimitBucket bucket) => new(RateLimitOutcomeKind.Refused, bucket);
}
