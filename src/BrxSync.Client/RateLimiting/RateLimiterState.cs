namespace BrxSync.Client.RateLimiting;

/// <summary>The state of all limits of one token at one moment.</summary>
public sealed record RateLimiterState
{
    /// <summary>Gets the limit that every request counts against.</summary>
    public required RateLimitBucketState General { get; init; }

    /// <summary>Gets the limit of the marketplace's product search.</summary>
    public required RateLimitBucketState Marketplace { get; init; }

    /// <summary>Gets the limit of job polling.</summary>
    public required RateLimitBucketState Jobs { get; init; }

    /// <summary>Gets how many requests wait, of every priority.</summary>
    public required int Waiting { get; init; }

    /// <summary>Gets how many of <see cref="Waiting"/> have high priority.</summary>
    public required int WaitingHighPriority { get; init; }

    /// <summary>Gets how many requests were turned away because the queue was full.</summary>
    public long TurnedAway { get; init; }
}
