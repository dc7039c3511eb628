using BrxSync.Sync;
using Microsoft.Extensions.Hosting;

namespace BrxSync.Hosting.Startup;

/// <summary>Brings the schema up to date before anything else of the host starts; a failure stops the start.</summary>
/// <param name="migrator">Opens the store: not before every option was validated, so that all problems are told at once.</param>
/// <param name="report">Makes what says what was configured, as late.</param>
internal sealed class StoreStartup(Func<IStoreMigrator> migrator, Func<StartupReport> report) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var store = migrator();
        await store.MigrateAsync(cancellationToken).ConfigureAwait(false);
        report().Write(store);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
