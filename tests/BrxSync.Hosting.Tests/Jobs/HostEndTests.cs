using BrxSync.Testing;
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
        using var log = new RecordingLoggerProvider(LogLevel.Warning);
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
}
