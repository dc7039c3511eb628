using BrxSync.Sync.DeadLetters;
using BrxSync.Sync.Orders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace BrxSync.Sync.DependencyInjection;

/// <summary>Registers what keeps work that was given up, and the sources of it.</summary>
internal static class DeadLetterRegistration
{
    public static IServiceCollection AddDeadLetters(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton<IDeadLetters, DeadLetterService>();
        services.TryAddSingleton<OpenDeadLetters>();
        services.TryAddSingleton<JobLetters>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeadLetterSource, OrderDeadLetters>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeadLetterSource, JobDeadLetters>());
        return services;
    }
}
