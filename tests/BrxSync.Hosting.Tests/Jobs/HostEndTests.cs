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
        using var log = new RecordingLoggerProvider(LogLevel.Warning);
        var folder = Directory.CreateTempSubdirectory("brxsync-end-");
        try
        {
            // Again and again: whether a job comes due just then is a matter of chance.
            for (var turn = 0; turn < 10; turn++)
            {
                await RunAsync(log, Path.Combine(folder.FullName, $"{turn}.db"), stop);
            }

            log.Entries.ShouldBeEmpty();
        }
        finally
        {
            // A job of a host that was not stopped may be at its files for a moment.
            await JobsHost.EventuallyAsync(() => Task.FromResult(TryDelete(folder)), "the files of the hosts are gone");
        }
    }

    private static async Task RunAsync(RecordingLoggerProvider log, string path, bool stop)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.AddBrxSync(brx => brx.UseSqlite(path));
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

    private static bool TryDelete(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
