using BrxSync.Client;
using BrxSync.Client.Resilience;
using BrxSync.Sync.Changes.Editing;
using BrxSync.Sync.Changes.Properties;
using BrxSync.Sync.Changes.Pushing;
using BrxSync.Sync.DeadLetters;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.DependencyInjection;

/// <summary>Registers what goes out to the marketplace: changes and their push.</summary>
internal static class OutboundRegistration
{
    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddOptions<ChangesOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ChangesOptions>, ChangesOptionsValidator>());
        services.TryAddSingleton<BulkRuns>();
        services.TryAddSingleton<IChanges, ChangeService>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeadLetterSource, ChangeDeadLetters>());
        services.TryAddSingleton(provider => new PushSettings(
            provider.GetRequiredService<IOptions<ChangesOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<PropertyPlanner>(),
            LongestCall(provider.GetRequiredService<IOptions<CardTraderClientOptions>>().Value.Resilience)));
        services.TryAddSingleton<PushSteps>();
        services.TryAddSingleton<DoubtSteps>();
        services.TryAddSingleton<DoubtResolution>();
        services.TryAddSingleton<IPush, PushService>();
        return services;
    }

    // CardTrader may still be at a call that was given up: some seconds more.
    private static TimeSpan LongestCall(ResilienceOptions resilience) =>
        Longer(resilience.Write.AttemptTimeout, resilience.NonRepeatableWrite.AttemptTimeout) + TimeSpan.FromSeconds(5);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
