using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>The process's one connection to Redis, for everything that it is used for. It is made when it is first needed.</summary>
internal sealed class RedisConnection : IAsyncDisposable, IDisposable
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IOptions<RedisOptions> _options;
    private readonly TimeProvider _time;
    private readonly bool _isOurs;
    private Task<IConnectionMultiplexer>? _connecting;
    private long _triedAt;
    private long _reconnects;
    private bool _disposed;

    public RedisConnection(IOptions<RedisOptions> options, TimeProvider time, RedisMultiplexer? given = null)
    {
        (_options, _time, _isOurs) = (options, time, given is null);
        if (given is not null)
        {
            _connecting = Task.FromResult(Watch(given.Connection));
        }
    }

    /// <summary>Gets how often a connection that had broken was made again.</summary>
    public long Reconnects => Interlocked.Read(ref _reconnects);

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
            if (_connecting is null || (_connecting is { IsFaulted: true } && _time.GetElapsedTime(_triedAt) >= TryAgainAfter))
            {
                _triedAt = _time.GetTimestamp();
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
            await connection.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        if (Close() is { } connection)
        {
            // Nothing that is on its way is worth waiting for.
            connection.Close(allowCommandsToComplete: false);
            connection.Dispose();
        }
    }

    private IConnectionMultiplexer? Close()
    {
        lock (_gate)
        {
            _disposed = true;
            if (Current is { } connection)
            {
                connection.ConnectionRestored -= OnRestored;
                return _isOurs ? connection : null;
            }

            if (_connecting is { IsCompleted: false } late)
            {
                _ = DiscardAsync(late);
            }

            return null;
        }
    }

    // Still on its way: nobody is there to use it when it comes.
    private static async Task DiscardAsync(Task<IConnectionMultiplexer> late)
    {
        try
        {
            await (await late.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisFault.Is(exception))
        {
            // It did not come to be.
        }
    }

    private async Task<IConnectionMultiplexer> ConnectAsync() =>
        Watch(await ConnectionMultiplexer.ConnectAsync(RedisConnectionString.Complete(_options.Value)).ConfigureAwait(false));

    private IConnectionMultiplexer Watch(IConnectionMultiplexer connection)
    {
        connection.ConnectionRestored += OnRestored;
        return connection;
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs restored) => Interlocked.Increment(ref _reconnects);
}
