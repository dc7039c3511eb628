using BrxSync.Hosting;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance;

/// <summary>An empty, migrated store of one kind, with everything that runs on it.</summary>
public abstract class StoreUnderTest : IAsyncDisposable
{
    private ServiceProvider? _services;

    public IServiceProvider Services => _services ?? throw new InvalidOperationException("Call StartAsync first.");

    internal IAccountStore Accounts => Services.GetRequiredService<IAccountStore>();

    internal IOperationStore Operations => Services.GetRequiredService<IOperationStore>();

    internal ISnapshotStore Snapshots => Services.GetRequiredService<ISnapshotStore>();

    internal IWorkStore Work => Services.GetRequiredService<IWorkStore>();

    /// <summary>Lists the accounts that a sweep has to look at.</summary>
    internal Task<IReadOnlyList<AccountWork>> ListDueAsync() =>
        Work.ListDueAsync(new WorkHorizon(TimeSpan.FromHours(1), TimeSpan.FromHours(1)), null, 1_000);

    internal IStockStore Stock => Services.GetRequiredService<IStockStore>();

    internal IStock Inventory => Services.GetRequiredService<IStock>();

    internal IStoreMigrator Migrator => Services.GetRequiredService<IStoreMigrator>();

    internal IDriftReports DriftReports => Services.GetRequiredService<IDriftReports>();

    internal IReconciliation Reconciliation => Services.GetRequiredService<IReconciliation>();

    internal IFullSync FullSync => Services.GetRequiredService<IFullSync>();

    internal IAccounts AccountService => Services.GetRequiredService<IAccounts>();

    internal AccountAccess AccountAccess => Services.GetRequiredService<AccountAccess>();

    internal AccountSecrets AccountSecrets => Services.GetRequiredService<AccountSecrets>();

    /// <summary>A time long ago in the store's SQL.</summary>
    public abstract string LongAgo { get; }

    /// <summary>Changes what the services are made of; set it before <see cref="StartAsync"/>.</summary>
    public Action<BrxSyncBuilder>? Extra { get; set; }

    /// <summary>Puts something around services that are registered; set it before <see cref="StartAsync"/>.</summary>
    public Action<IServiceCollection>? Around { get; set; }

    /// <summary>Runs SQL beside the ports, as another program would.</summary>
    public abstract Task<int> ExecuteAsync(string sql);

    /// <summary>Reads one value as text beside the ports; empty for none.</summary>
    public abstract Task<string> ReadAsync(string sql);

    /// <summary>Lists the tables of the database's catalog that have a column for the account.</summary>
    public abstract Task<string[]> ListAccountTablesAsync();

    /// <summary>Chooses the store.</summary>
    protected abstract void Configure(BrxSyncBuilder builder);

    /// <summary>Creates what the store lives in.</summary>
    protected abstract Task CreateAsync();

    /// <summary>Deletes what the store lived in.</summary>
    protected abstract Task DeleteAsync();

    public async Task StartAsync(Uri? marketplace = null, bool migrate = true)
    {
        await CreateAsync();
        Build(marketplace);
        if (migrate)
        {
            await Migrator.MigrateAsync();
        }
    }

    /// <summary>Starts a second set of services on the same store, as another process would.</summary>
    public ServiceProvider BuildAnother(Uri? marketplace = null, Action<BrxSyncBuilder>? choose = null)
    {
        var services = new ServiceCollection();
        services.AddBrxSync(configure: brx =>
        {
            Configure(brx.UseEncryptionKeys(Key));
            brx.ConfigureFullSync(options => options.BatchSize = 64);
            if (marketplace is not null)
            {
                brx.ConfigureCardTrader(options => options.BaseAddress = marketplace);
            }

            Extra?.Invoke(brx);

            choose?.Invoke(brx);
        });
        Around?.Invoke(services);
        return services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        if (_services is not null)
        {
            await _services.DisposeAsync();
        }

        await DeleteAsync();
        GC.SuppressFinalize(this);
    }

    internal static string Key { get; } = EncryptionKey.Generate();

    private void Build(Uri? marketplace) => _services = BuildAnother(marketplace);
}
