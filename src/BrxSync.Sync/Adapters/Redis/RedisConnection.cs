using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>The process's one connection to Redis, for everything that it is used for. It is made when it is first needed.</summary>
internal sealed class RedisConnection(IOptions<RedisOptions> options, TimeProvider time, RedisMultiplexer? given = null)
    : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<IConnectionMultiplexer>? _connecting = given is null ? null : Task.FromResult(given.Connection);
    private long _triedAt;
    private long _lost;
    private bool _disposed;

    /// <summary>Gets how often a connection broke.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Gets the connection as far as it has been made, or null.</summary>
    public IConnectionMultiplexer? Current => _connecting is { IsCompletedSuccessfully: true } made ? made.GetAwaiter().GetResult() : null;

    /// <summary>Gets the database.</summary>
    /// <exception cref="RedisConnectionException">The servers cannot be reached at all.</exception>
    public async Task<IDatabase> GetDatabaseAsync()
    {
        Task<IConnectionMultiplexer> connecting;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);

            // A server that is away leaves a connection that heals itself; one that could not be made at all is tried again.
            if (_connecting is null || (_connecting is { IsFaulted: true } && time.GetElapsedTime(_triedAt) >= TryAgainAfter))
            {
                _triedAt = time.GetTimestamp();
                _connecting = Task.Run(ConnectAsync);
            }

            connecting = _connecting;
        }

        return (await connecting.ConfigureAwait(false)).GetDatabase();
    }

    public async ValueTask DisposeAsync()
    {
        if (Close() is { } connection)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => Close()?.Dispose();

    private IConnectionMultiplexer? Close()
    {
        lock (_gate)
        {
            _disposed = true;
            if (Current is { } connection)
            {
                connection.ConnectionFailed -= OnLost;
                return given is null ? connection : null;
            }

            // Still on its way: nobody is there to use it when it comes.
            _connecting?.ContinueWith(
                static made => made.IsCompletedSuccessfully ? made.GetAwaiter().GetResult().DisposeAsync() : (object?)made.Exception,
                TaskScheduler.Default);
            return null;
        }
    }

    private async Task<IConnectionMultiplexer> ConnectAsync()
    {
        var connection = await ConnectionMultiplexer.ConnectAsync(RedisConnectionString.Complete(options.Value)).ConfigureAwait(false);
        connection.ConnectionFailed += OnLost;
        return connection;
    }

    private void OnLost(object? sender, ConnectionFailedEventArgs failure) => Interlocked.Increment(ref _lost);
}
