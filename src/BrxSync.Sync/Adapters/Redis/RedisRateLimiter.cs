using System.Collections.Concurrent;
using BrxSync.Client.RateLimiting;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>Shares each token's limits between all processes that use one Redis.</summary>
/// <remarks>The rules are those of <see cref="InProcessRateLimiter"/>; a script makes each decision, by the server's clock.</remarks>
internal sealed class RedisRateLimiter(RedisLimiterSettings settings) : IRateLimiter, IDisposable
{
    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan RetireAfter = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, SharedToken> _tokens = new(StringComparer.Ordinal);
    private long _sweptAt = settings.Time.GetTimestamp();
    private volatile bool _disposed;

    /// <summary>Gets how many calls of Redis are on their way.</summary>
    internal int Calls => _tokens.Values.Sum(static token => token.Calls);

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
            var token = _tokens.GetOrAdd(request.Key, static (key, settings) => new SharedToken(settings, key), settings);
            if (token.TryAcquire(request, cancellationToken) is { } lease)
            {
                return lease;
            }

            _tokens.TryRemove(KeyValuePair.Create(request.Key, token));
            ObjectDisposedException.ThrowIf(_disposed, this);
        }
    }

    public async ValueTask CompleteAsync(RateLimitLease lease, RateLimitOutcome outcome, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lease);
        if (_tokens.TryGetValue(lease.Request.Key, out var token))
        {
            await token.CompleteAsync(lease, outcome).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<RateLimiterState> GetStateAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (_tokens.TryGetValue(key, out var token))
        {
            return await token.DescribeAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        using var unused = new SharedToken(settings, key);
        return await unused.DescribeAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops the limiter. Whoever waits gets an <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        _disposed = true;
        foreach (var token in _tokens.Values)
        {
            token.Dispose();
        }
    }

    private void Sweep()
    {
        var last = Interlocked.Read(ref _sweptAt);
        if (settings.Time.GetElapsedTime(last) < SweepEvery
            || Interlocked.CompareExchange(ref _sweptAt, settings.Time.GetTimestamp(), last) != last)
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
