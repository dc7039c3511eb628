using BrxSync.Sync.Changes.Blueprints;
using BrxSync.Sync.Changes.Properties;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.DependencyInjection;

/// <summary>Registers what knows the properties that may be sent.</summary>
internal static class PropertyRegistration
{
    public static IServiceCollection AddProductProperties(this IServiceCollection services)
    {
        services.AddOptions<BlueprintPropertyOptions>().ValidateOnStart();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<BlueprintPropertyOptions>, BlueprintPropertyRangeValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<BlueprintPropertyOptions>, BlueprintPropertyRules>(),
        ]);
        services.AddMetrics();
        services.TryAddSingleton<PropertyMetrics>();
        services.TryAddSingleton<BlueprintLearner>();
        services.TryAddSingleton<PropertyPlanner>();
        return services;
    }
}
