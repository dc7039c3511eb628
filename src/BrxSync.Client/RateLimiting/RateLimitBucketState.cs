namespace BrxSync.Client.RateLimiting;

/// <summary>The state of one limit of one token at one moment.</summary>
public sealed record RateLimitBucketState
{
    /// <summary>Gets how many requests may be counted at once: the limit, lowered after unexpected refusals.</summary>
    public required int Slots { get; init; }

    /// <summary>Gets how many of <see cref="Slots"/> are free. 0 when more are held than the lowered limit allows.</summary>
    public required int SlotsFree { get; init; }

    /// <summary>Gets the share of the full speed in use: 1, or less after unexpected refusals.</summary>
    public required double SpeedFactor { get; init; }

    /// <summary>Gets when sending starts again after an unexpected refusal, or <see langword="null"/> when nothing is frozen.</summary>
    public DateTimeOffset? FrozenUntil { get; init; }

    /// <summary>
    /// Gets when the server last refused a request that our own count allowed, or <see langword="null"/> if it never did.
    /// </summary>
    public DateTimeOffset? LastUnexpectedRefusal { get; init; }

    /// <summary>Gets how many requests the server refused although our own count allowed them.</summary>
    public long UnexpectedRefusals { get; init; }
}
