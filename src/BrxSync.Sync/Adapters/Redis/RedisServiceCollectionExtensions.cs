using BrxSync.Client;
using BrxSync.Client.RateLimiting;
using BrxSync.Sync.Adapters.Redis;
using BrxSync.Sync.Catalog;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers what processes share through Redis.</summary>
public static class RedisServiceCollectionExtensions
{
    /// <summary>
    /// Shares the rate limits of CardTrader, and what the catalogue answered, with all processes of one Redis, through one connection.
    /// </summary>
    /// <param name="services">The services of the host. A rate limiter of its own among them stays.</param>
    /// <param name="configure">Sets the options, or null when they are configured elsewhere.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddBrxSyncRedis(this IServiceCollection services, Action<RedisOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<RedisOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<RedisOptions>, RedisRangeValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<RedisOptions>, RedisRules>(),
        ]);
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<RedisConnection>();
        services.TryAddSingleton<RedisAvailability>();
        services.TryAddSingleton<RedisMetrics>();
        services.TryAddSingleton<RedisGauges>();
        services.TryAddSingleton<RedisHealth>();
        services.TryAddSingleton(MakeSettings);
        services.TryAddSingleton<ICatalogCache, RedisCatalogCache>();
        if (services.FirstOrDefault(service => service.ServiceType == typeof(IRateLimiter)) is { } limiter
            && !limiter.IsKeyedService
            && ReferenceEquals(limiter.ImplementationFactory, CardTraderClientServiceCollectionExtensions.DefaultRateLimiter))
        {
            services.Remove(limiter);
        }

        services.TryAddSingleton<IRateLimiter, RedisRateLimiter>();
        return services;
    }

    /// <summary>Shares the rate limits of CardTrader through a connection of the host.</summary>
    /// <param name="services">The services of the host. A rate limiter of its own among them stays.</param>
    /// <param name="connection">The connection; it stays the host's to dispose of.</param>
    /// <param name="configure">Sets further options, or null.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddBrxSyncRedis(
        this IServiceCollection services, IConnectionMultiplexer connection, Action<RedisOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        services.TryAddSingleton(new RedisMultiplexer(connection));
        return services.AddBrxSyncRedis(configure);
    }

    private static RedisLimiterSettings MakeSettings(IServiceProvider provider)
    {
        _ = provider.GetRequiredService<RedisGauges>();
        return new RedisLimiterSettings(
            provider.GetRequiredService<RedisConnection>(),
            provider.GetRequiredService<IOptions<RedisOptions>>().Value,
            provider.GetRequiredService<IOptions<CardTraderClientOptions>>().Value.RateLimiter,
            provider.GetRequiredService<TimeProvider>())
        {
            Metrics = provider.GetRequiredService<RedisMetrics>(), Availability = provider.GetRequiredService<RedisAvailability>(),
        };
    }
}
