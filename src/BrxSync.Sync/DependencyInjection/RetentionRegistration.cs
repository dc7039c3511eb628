using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.DependencyInjection;

/// <summary>Registers what removes history.</summary>
internal static class RetentionRegistration
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>());
        services.TryAddSingleton<RetentionMetrics>();
        services.TryAddSingleton<OrderRetention>();
        services.TryAddSingleton<AccountRetention>();
        services.TryAddSingleton<IRetention, RetentionService>();
        return services;
    }
}
