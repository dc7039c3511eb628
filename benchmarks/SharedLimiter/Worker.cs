using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Adapters.Redis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BrxSync.Benchmarks.SharedLimiter;

/// <summary>One of the processes that share tokens: calls every marketplace as fast as it may, until it is told to end.</summary>
internal static class Worker
{
    private const int InFlight = 8;

    public static async Task<int> RunAsync(string[] args)
    {
        var (redis, prefix, verbose) = (args[0], args[1], args[3] == "verbose");
        var instances = int.Parse(args[2], CultureInfo.InvariantCulture);
        var services = new List<ServiceProvider>();
        using var end = new CancellationTokenSource();
        var calling = new List<Task>();
        foreach (var marketplace in args[4..].Chunk(2))
        {
            var provider = new ServiceCollection()
                .AddLogging(logging => logging
                    .AddFilter((_, level) => verbose && level >= LogLevel.Information)
                    .AddProvider(new StandardError()))
                .AddCardTraderClient(client => client.BaseAddress = new Uri(marketplace[0])).Services
                .AddBrxSyncRedis(options =>
                {
                    (options.ConnectionString, options.KeyPrefix, options.Instances) = (redis, prefix, instances);
                })
                .BuildServiceProvider();
            services.Add(provider);
            var account = provider.GetRequiredService<ICardTraderClient>().ForToken(new CardTraderToken(marketplace[1]));
            calling.AddRange(Enumerable.Range(0, InFlight).Select(_ => CallAsync(account, end.Token)));
        }

        await Console.In.ReadLineAsync();
        await end.CancelAsync();
        await Task.WhenAll(calling);
        foreach (var provider in services)
        {
            await provider.DisposeAsync();
        }

        return 0;
    }

    private static async Task CallAsync(ICardTraderAccount account, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await account.Account.GetInfoAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
    }

    private sealed class StandardError : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Console.Error.WriteLine(
                $"{DateTimeOffset.UtcNow:HH:mm:ss.fff} {Environment.ProcessId} {eventId.Id} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
