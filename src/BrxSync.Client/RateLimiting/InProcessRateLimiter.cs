using System.Collections.Concurrent;

namespace BrxSync.Client.RateLimiting;

/// <summary>Shares each token's limits between all callers in this process.</summary>
/// <remarks>
/// A slot is taken before sending and freed one window after the answer, and requests leave at an even pace: no way of
/// counting that a server may use sees more than the limit. An unexpected 429 stops sending until the oldest slot is free,
/// then lowers the speed to 80 %; every clean 10 seconds give back 1 % of the full speed.
/// </remarks>
public sealed class InProcessRateLimiter : IRateLimiter, IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetireAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, TokenLimits> tokens = new(StringComparer.Ordinal);
    private readonly RateLimiterOptions options;
    private readonly TimeProvider time;
    private long sweptAt;
    private volatile bool disposed;

    /// <summary>Creates a limiter. One per process: two of them would each use the whole limit.</summary>
    /// <param name="options">How fast one token may send.</param>
    /// <param name="timeProvider">The clock.</param>
    public InProcessRateLimiter(RateLimiterOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        this.options = options;
        time = timeProvider;
        sweptAt = time.GetTimestamp();
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitLease?> AcquireAsync(RateLimitRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(request.Key, nameof(request));
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<RateLimitLease?>(cancellationToken);
        }

        ObjectDisposedException.ThrowIf(disposed, this);
        Sweep();
        while (true)
        {
            var limits = tokens.GetOrAdd(request.Key, static (_, self) => new TokenLimits(self.options, self.time), this);
            if (limits.TryAcquire(request, cancellationToken) is { } lease)
            {
                return lease;
            }

            tokens.TryRemove(KeyValuePair.Create(request.Key, limits));
        }
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(RateLimitLease lease, RateLimitOutcome outcome, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        if (tokens.TryGetValue(lease.Request.Key, out var limits))
        {
            limits.Complete(lease, outcome);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<RateLimiterState> GetStateAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (tokens.TryGetValue(key, out var limits))
        {
            return ValueTask.FromResult(limits.Describe());
        }

        using var unused = new TokenLimits(options, time);
        return ValueTask.FromResult(unused.Describe());
    }

    /// <summary>Stops the limiter. Whoever waits gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        disposed = true;
        foreach (var limits in tokens.Values)
        {
            limits.Dispose();
        }
    }

    private void Sweep()
    {
        var last = Interlocked.Read(ref sweptAt);
        if (time.GetElapsedTime(last) < SweepEvery || Interlocked.CompareExchange(ref sweptAt, time.GetTimestamp(), last) != last)
        {
            return;
        }

        foreach (var token in tokens)
        {
            if (token.Value.TryRetire(RetireAfter))
            {
                tokens.TryRemove(token);
            }
        }
    }
}
