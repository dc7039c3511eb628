using System.Collections.Concurrent;
using BrxSync.Hosting.DependencyInjection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BrxSync.Hosting.Tests.Jobs;

/// <summary>How a host ends in which BrxSync is a guest.</summary>
public sealed class HostEndTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Dispose_StartedHost_NothingIsLoggedAsAFailure(bool stop)
    {
        var folder = Directory.CreateTempSubdirectory("brxsync-end-");
        using var log = new NotingLoggerProvider();
        try
        {
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.ClearProviders().AddProvider(log);
            builder.AddBrxSync(brx => brx.UseSqlite(Path.Combine(folder.FullName, "brxsync.db")));
            var host = builder.Build();
            await host.StartAsync();
            if (stop)
            {
                await host.StopAsync();
            }

            // Whatever is a background service can be taken for a failure by the host, and end it, when it is cancelled.
            host.Services.GetServices<IHostedService>().OfType<BackgroundService>()
                .ShouldAllBe(service => !service.GetType().Assembly.GetName().Name!.StartsWith("BrxSync", StringComparison.Ordinal));
            await ((IAsyncDisposable)host).DisposeAsync();
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        log.Entries.ShouldBeEmpty();
    }

    private sealed class NotingLoggerProvider : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Entries.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
