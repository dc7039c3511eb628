using BrxSync.Client;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Rereads;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Time;
using BrxSync.Sync.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.DependencyInjection;

/// <summary>Registers what arrives from the marketplace: webhooks, polled orders, re-reads.</summary>
internal static class InboundRegistration
{
    public static IServiceCollection AddInbound(this IServiceCollection services)
    {
        services.AddOptions<WebhookIntakeOptions>().ValidateOnStart();
        services.AddOptions<OrderPollingOptions>().ValidateOnStart();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<WebhookIntakeOptions>, WebhookIntakeOptionsValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<OrderPollingOptions>, OrderPollingRangeValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<OrderPollingOptions>, OrderPollingDaysValidator>(),
        ]);
        services.TryAddSingleton<MarketplaceClock>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IAnswerObserver, MarketplaceClock>(provider => provider.GetRequiredService<MarketplaceClock>()));
        services.TryAddSingleton<MarketplaceTime>();
        services.AddMetrics();
        services.TryAddSingleton<SyncMetrics>();
        services.TryAddSingleton<StockNotifier>();
        services.TryAddSingleton<StockSteps>();
        services.TryAddSingleton<DeliveryApplication>();
        services.TryAddSingleton<OrderApplication>();
        services.TryAddSingleton<WebhookIntake>();
        services.TryAddSingleton<IWebhooks, SignedWebhooks>();
        services.TryAddSingleton<IOrderPolling, OrderPolling>();
        services.TryAddSingleton<IRereads, Rereading>();
        return services;
    }
}
