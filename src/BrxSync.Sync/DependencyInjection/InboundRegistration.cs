using BrxSync.Client.Http;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Operations;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Snapshots;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
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
        services.TryAddSingleton<StockNews>();
        services.TryAddSingleton(provider => new MarketplaceClock(
            provider.GetRequiredService<AnswerDates>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(provider => new MarketplaceTime(
            provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<MarketplaceClock>()));
        services.TryAddSingleton(provider => new DeliveryApplication(
            provider.GetRequiredService<IStockStore>(),
            provider.GetRequiredService<MarketplaceClock>(),
            provider.GetRequiredService<StockNews>()));
        services.TryAddSingleton(provider => new OrderApplication(
            provider.GetRequiredService<IStockStore>(),
            provider.GetRequiredService<MarketplaceClock>(),
            provider.GetRequiredService<StockNews>()));
        services.TryAddSingleton(provider => new WebhookIntake(
            provider.GetRequiredService<IStockStore>(),
            provider.GetRequiredService<DeliveryApplication>(),
            provider.GetRequiredService<IOptions<WebhookIntakeOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<WebhookIntake>>()));
        services.TryAddSingleton(provider => new OrderPolling(
            provider.GetRequiredService<IStockStore>(),
            provider.GetRequiredService<AccountService>(),
            provider.GetRequiredService<OrderApplication>(),
            provider.GetRequiredService<MarketplaceTime>(),
            provider.GetRequiredService<IOptions<OrderPollingOptions>>(),
            provider.GetRequiredService<ILogger<OrderPolling>>()));
        services.TryAddSingleton(provider => new Rereading(
            provider.GetRequiredService<IStockStore>(),
            provider.GetRequiredService<AccountService>(),
            provider.GetRequiredService<MarketplaceTime>(),
            provider.GetRequiredService<StockNews>(),
            provider.GetRequiredService<ILogger<Rereading>>()));
        return services;
    }
}
