using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Catalog;
using BrxSync.Sync.Operations;
using BrxSync.Sync.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.DependencyInjection;

/// <summary>Registers what reads an account's whole stock: full syncs and reconciliations.</summary>
internal static class SnapshotRegistration
{
    public static IServiceCollection AddSnapshots(this IServiceCollection services)
    {
        services.AddOptions<FullSyncOptions>().ValidateOnStart();
        services.AddOptions<ReconciliationOptions>().ValidateOnStart();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<FullSyncOptions>, FullSyncOptionsValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<ReconciliationOptions>, ReconciliationOptionsValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<ReconciliationOptions>, ReconciliationOptionsRules>(),
        ]);
        services.TryAddSingleton(provider => new SyncRunner(
            new SyncStores(
                provider.GetRequiredService<IAccountStore>(),
                provider.GetRequiredService<IOperationStore>(),
                provider.GetRequiredService<ISnapshotStore>(),
                provider.GetService<ICatalog>(),
                provider.GetRequiredService<StockNews>(),
                provider.GetRequiredService<IStoreFaults>()),
            provider.GetRequiredService<AccountService>(),
            provider.GetRequiredService<IOptions<FullSyncOptions>>(),
            provider.GetRequiredService<IOptions<ReconciliationOptions>>(),
            provider.GetRequiredService<MarketplaceTime>(),
            provider.GetRequiredService<ILogger<SyncRunner>>()));
        services.TryAddSingleton(provider => new FullSync(provider.GetRequiredService<SyncRunner>()));
        services.TryAddSingleton(provider => new Reconciliation(provider.GetRequiredService<SyncRunner>()));
        services.TryAddSingleton(provider => new SnapshotReview(
            provider.GetRequiredService<ISnapshotStore>(),
            provider.GetRequiredService<IWorkSignal>(),
            provider.GetRequiredService<ILogger<SnapshotReview>>()));
        services.TryAddSingleton(provider => new SyncFreshness(
            provider.GetRequiredService<IFreshnessStore>(),
            provider.GetRequiredService<IOptions<ReconciliationOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
