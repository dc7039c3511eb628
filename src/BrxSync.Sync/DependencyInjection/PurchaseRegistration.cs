using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Purchases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.DependencyInjection;

/// <summary>Registers what sells through the host's own channel.</summary>
internal static class PurchaseRegistration
{
    public static IServiceCollection AddPurchases(this IServiceCollection services)
    {
        services.AddOptions<PurchaseOptions>().ValidateOnStart();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<PurchaseOptions>, PurchaseRangeValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<PurchaseOptions>, PurchaseRules>(),
        ]);
        services.AddMetrics();
        services.TryAddSingleton<PurchaseMetrics>();
        services.TryAddSingleton<PurchaseQueue>();
        services.TryAddSingleton<PurchaseSteps>();
        services.TryAddSingleton<PurchaseRecords>();
        services.TryAddSingleton<PurchaseCalls>();
        services.TryAddSingleton<PurchaseRun>();
        services.TryAddSingleton<IPurchases, PurchaseService>();
        return services;
    }
}
