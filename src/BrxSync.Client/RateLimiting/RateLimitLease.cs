namespace BrxSync.Client.RateLimiting;

/// <summary>
/// The right to send one request. Hand it back to <see cref="IRateLimiter.CompleteAsync"/> as soon as the answer's headers arrived or
/// the request was given up.
/// </summary>
public sealed class RateLimitLease
{
    /// <summary>Creates a lease. Called by implementations of <see cref="IRateLimiter"/>.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="id">Tells this lease from all others of the same key.</param>
    /// <param name="waited">How long the caller had to wait.</param>
    public RateLimitLease(RateLimitRequest request, string id, TimeSpan waited)
    {
        Request = request;
        Id = id;
        Waited = waited;
    }

    /// <summary>Gets what was asked for.</summary>
    public RateLimitRequest Request { get; }

    /// <summary>Gets the identity of the lease, unique within its key.</summary>
    public string Id { get; }

    /// <summary>Gets how long the caller had to wait for it.</summary>
    public TimeSpan Waited { get; }
}
