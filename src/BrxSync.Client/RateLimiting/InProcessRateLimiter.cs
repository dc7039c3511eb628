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

    private readonly ConcurrentDictionary<string, TokenLimits> _tokens = new(StringComparer.Ordinal);
    private readonly RateLimiterOptions _options;
    private readonly TimeProvider _time;
    private long _sweptAt;
    private volatile bool _disposed;

    /// <summary>Creates a limiter. One per process: two of them would each use the whole limit.</summary>
    /// <param name="options">How fast one token may send.</param>
    /// <param name="timeProvider">The clock.</param>
    public InProcessRateLimiter(RateLimiterOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _options = options;
        _time = timeProvider;
        _sweptAt = _time.GetTimestamp();
    }

    /// <inheritdoc/>
    public ValueTask<RateLimitLease?> AcquireAsync(RateLimitRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(request.Key, nameof(request));
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<RateLimitLease?>(cancellationToken);
        }

        ObjectDisposedException.ThrowIf(_disposed, this);
        Sweep();
        while (true)
        {
            var limits = _tokens.GetOrAdd(request.Key, static (_, self) => new TokenLimits(self._options, self._time), this);
            if (limits.TryAcquire(request, cancellationToken) is { } lease)
            {
                return lease;
            }

            _tokens.TryRemove(KeyValuePair.Create(request.Key, limits));
        }
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(RateLimitLease lease, RateLimitOutcome outcome, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        if (_tokens.TryGetValue(lease.Request.Key, out var limits))
        {
            limits.Complete(lease, outcome);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<RateLimiterState> GetStateAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (_tokens.TryGetValue(key, out var limits))
        {
            return ValueTask.FromResult(limits.Describe());
        }

        using var unused = new TokenLimits(_options, _time);
        return ValueTask.FromResult(unused.Describe());
    }

    /// <summary>Stops the limiter. Whoever waits gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var limits in _tokens.Values)
        {
            limits.Dispose();
        }
    }

    private void Sweep()
    {
        var last = Interlocked.Read(ref _sweptAt);
        if (_time.GetElapsedTime(last) < SweepEvery || Interlocked.CompareExchange(ref _sweptAt, _time.GetTimestamp(), last) != last)
        {
            return;
        }

        foreach (var token in _tokens)
        {
            if (token.Value.TryRetire(RetireAfter))
            {
                _tokens.TryRemove(token);
            }
        }
    }
}
