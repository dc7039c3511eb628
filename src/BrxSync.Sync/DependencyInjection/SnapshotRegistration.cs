using BrxSync.Sync.Reconciliation;
using BrxSync.Sync.Runs;
using BrxSync.Sync.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
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
        services.TryAddSingleton<SyncStores>();
        services.TryAddSingleton<SyncRunner>();
        services.TryAddSingleton<IFullSync, FullSync>();
        services.TryAddSingleton<StockReconciliation>();
        services.TryAddSingleton<IReconciliation>(provider => provider.GetRequiredService<StockReconciliation>());
        services.TryAddSingleton<ISnapshotReview, SnapshotReview>();
        services.TryAddSingleton<SyncFreshness>();
        return services;
    }
}
