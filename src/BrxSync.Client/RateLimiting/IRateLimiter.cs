namespace BrxSync.Client.RateLimiting;

/// <summary>Keeps the requests of each token below the limits of CardTrader. Safe for any number of concurrent callers.</summary>
/// <remarks>
/// The limits belong to the token, so all processes that use one token must share one limiter. The implementation in this
/// package shares within the process.
/// </remarks>
public interface IRateLimiter
{
    /// <summary>Waits until one request may be sent and takes a slot for it.</summary>
    /// <param name="request">Whose limits count, which ones, and how urgent the request is.</param>
    /// <param name="cancellationToken">Gives the wait up. Nothing is taken then.</param>
    /// <returns>The lease, or <see langword="null"/> when too many requests wait already.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled while waiting.</exception>
    ValueTask<RateLimitLease?> AcquireAsync(RateLimitRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Hands a lease back. Its slot stays taken for the length of the limit's window from now on. A second call does nothing.
    /// </summary>
    /// <param name="lease">The lease.</param>
    /// <param name="outcome">How the request ended.</param>
    /// <param name="cancellationToken">Gives the call up; the slot is then freed as that of a lost request.</param>
    /// <returns>A task that ends when the limiter knows.</returns>
    ValueTask CompleteAsync(RateLimitLease lease, RateLimitOutcome outcome, CancellationToken cancellationToken = default);

    /// <summary>Reads the state of a token's limits without changing it.</summary>
    /// <param name="key">The fingerprint of the token.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The state; that of an unused limiter when the key is unknown.</returns>
    ValueTask<RateLimiterState> GetStateAsync(string key, CancellationToken cancellationToken = default);
}
