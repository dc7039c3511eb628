using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.DeadLetters;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Feed;
using BrxSync.Sync.Steps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.DependencyInjection;

/// <summary>Registers what hands the journal on to others.</summary>
internal static class FeedRegistration
{
    public static IServiceCollection AddFeeds(this IServiceCollection services)
    {
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<StockFeedOptions>, StockFeedOptionsValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<StockFeedOptions>, StockFeedOptionsRules>(),
        ]);
        services.AddMetrics();
        services.TryAddSingleton(
            provider => new FeedNames([.. provider.GetServices<StockFeedRegistration>().Select(feed => feed.Name)]));
        services.TryAddSingleton<JournalPulse>();
        services.TryAddSingleton<FeedMetrics>();
        services.TryAddSingleton<StockFeeds>();
        services.TryAddSingleton<FeedCursors>();
        services.TryAddSingleton<FeedHandlers>();
        services.TryAddSingleton<FeedWakeups>();
        services.TryAddSingleton<FeedDelivery>();
        services.TryAddSingleton<FeedLag>();
        services.TryAddSingleton<IStockFeed, StockFeed>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IDeadLetterSource, FeedDeadLetters>());
        return services;
    }
}
