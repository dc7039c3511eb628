using System.Diagnostics.Metrics;
using System.Globalization;
using BrxSync.Client.RateLimiting;
using BrxSync.Store.Compliance.RateLimiting;
using BrxSync.Sync.Adapters.Redis;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BrxSync.Integration.Tests.Redis;

/// <summary>Limiters that share a Redis as those of several processes do, each with a connection of its own.</summary>
internal sealed class RedisLimiters(string connectionString, RateLimiterOptions options, TimeProvider time, bool isVirtual)
    : ILimitersUnderTest
{
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly LoggerFactory logs = new();
    private readonly List<RedisConnection> connections = [];
    private readonly List<RedisRateLimiter> limiters = [];

    /// <summary>The options of all that are made from here on.</summary>
    public RedisOptions Redis { get; } = new()
    {
        ConnectionString = connectionString, KeyPrefix = $"test-{Guid.NewGuid():N}", LimiterTimeout = TimeSpan.FromSeconds(5),
    };

    public RecordingLoggerProvider Log { get; } = new(LogLevel.Information);

    public bool AreBusy => limiters.Any(limiter => limiter.Calls > 0);

    public static int PortOf(string address) => int.Parse(address.Split(':')[1], CultureInfo.InvariantCulture);

    IRateLimiter ILimitersUnderTest.Add() => Add();

    /// <summary>Makes one more.</summary>
    public RedisRateLimiter Add()
    {
        if (limiters.Count == 0)
        {
            logs.AddProvider(Log);
        }

        var connection = new RedisConnection(Options.Create(Redis), TimeProvider.System);
        connections.Add(connection);
        var settings = new RedisLimiterSettings(connection, Redis, options, time)
        {
            Metrics = new RedisMetrics(services.GetRequiredService<IMeterFactory>()),
            Availability = new RedisAvailability(logs.CreateLogger<RedisAvailability>()),
            Clock = isVirtual
                ? () => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond
                : static () => RedisValue.EmptyString,
        };
        var limiter = new RedisRateLimiter(settings);
        limiters.Add(limiter);
        return limiter;
    }

    /// <summary>Waits until no limiter waits for an answer: then nothing happens until the clock moves.</summary>
    public async Task SettleAsync()
    {
        while (AreBusy)
        {
            await Task.Yield();
        }
    }

    /// <summary>Waits until the driver has found the way back to the server.</summary>
    public static async Task WhenConnectedAsync(RedisConnection connection)
    {
        if (connection.Current is not { } multiplexer)
        {
            return;
        }

        using var restored = new SemaphoreSlim(0);
        void OnRestored(object? sender, ConnectionFailedEventArgs failure) => restored.Release();
        multiplexer.ConnectionRestored += OnRestored;

        // It has two connections, and is there a moment after it says so.
        for (var i = 0; i < 1000 && !multiplexer.GetDatabase().IsConnected("any"); i++)
        {
            await restored.WaitAsync(TimeSpan.FromMilliseconds(100));
        }

        multiplexer.ConnectionRestored -= OnRestored;
    }

    /// <inheritdoc cref="WhenConnectedAsync(RedisConnection)"/>
    public async Task WhenConnectedAsync()
    {
        foreach (var connection in connections)
        {
            await WhenConnectedAsync(connection);
        }
    }

    /// <summary>Forgets the limits of all tokens, as a server does that is flushed, or started again without its data.</summary>
    public async Task LoseStateAsync()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(ServerEnvironment.Redis);
        foreach (var server in connection.GetServers())
        {
            var keys = new List<RedisKey>();
            await foreach (var key in server.KeysAsync(pattern: $"{Redis.KeyPrefix}:*"))
            {
                keys.Add(key);
            }

            await connection.GetDatabase().KeyDeleteAsync([.. keys]);
        }
    }

    public void Dispose()
    {
        limiters.ForEach(limiter => limiter.Dispose());
        connections.ForEach(connection => connection.Dispose());
        services.Dispose();
        logs.Dispose();
    }
}
