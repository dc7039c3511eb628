using BrxSync.Hosting;
using BrxSync.Hosting.Configuration;
using BrxSync.Hosting.DependencyInjection;
using BrxSync.Hosting.Health;
using BrxSync.Hosting.Jobs;
using BrxSync.Hosting.Retention;
using BrxSync.Hosting.Startup;
using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.MySql;
using BrxSync.Sync.Adapters.PostgreSql;
using BrxSync.Sync.Adapters.Redis;
using BrxSync.Sync.Adapters.Sqlite;
using BrxSync.Sync.Catalog;
using BrxSync.Sync.Changes.Blueprints;
using BrxSync.Sync.Feed;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Reconciliation;
using BrxSync.Sync.Retention;
using BrxSync.Sync.Snapshots;
using BrxSync.Sync.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Quartz;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Embeds the synchronization service in a host.</summary>
public static class BrxSyncServiceCollectionExtensions
{
    /// <summary>
    /// Embeds the service. With nothing configured it keeps its data in <c>brxsync.db</c> beside a generated key file. The schema is
    /// brought up to date before the host starts; a failure stops the start.
    /// </summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configuration">The section that holds the options, or null.</param>
    /// <param name="configure">Makes choices in code, or null.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddBrxSync(
        this IServiceCollection services, IConfiguration? configuration = null, Action<BrxSyncBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(StoreStartup)))
        {
            throw new InvalidOperationException("AddBrxSync() was called twice; call it once per host.");
        }

        configuration ??= new ConfigurationBuilder().Build();
        var httpClient = services.AddCardTraderClient(configuration.GetSection("CardTrader"));
        services.BindOptions<EncryptionOptions>(configuration.GetSection("Encryption"));
        services.BindOptions<FullSyncOptions>(configuration.GetSection("FullSync"));
        services.BindOptions<ReconciliationOptions>(configuration.GetSection("Reconciliation"));
        services.BindOptions<WebhookIntakeOptions>(configuration.GetSection("WebhookIntake"));
        services.BindOptions<OrderPollingOptions>(configuration.GetSection("OrderPolling"));
        services.BindOptions<BlueprintPropertyOptions>(configuration.GetSection("BlueprintProperties"));
        services.BindOptions<RetentionOptions>(configuration.GetSection("Retention"));
        services.BindOptions<PostgreSqlOptions>(configuration.GetSection("PostgreSql"));
        services.BindOptions<SqliteOptions>(configuration.GetSection("Sqlite"));
        services.BindOptions<MySqlCatalogOptions>(configuration.GetSection("MySqlCatalog"));
        services.BindOptions<RedisOptions>(configuration.GetSection("Redis"));
        services.BindOptions<CatalogCacheOptions>(configuration.GetSection("CatalogCache"));
        services.BindOptions<JobsOptions>(configuration.GetSection("Jobs")).ValidateOnStart();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<JobsOptions>, JobsOptionsValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<JobsOptions>, JobsOptionsRules>(),
        ]);
        services.AddSingleton<IConfigureOptions<StockFeedOptions>>(new StockFeedSections(configuration.GetSection("StockFeeds")));
        services.AddBrxSyncEngine();

        var builder = new BrxSyncBuilder(services, httpClient);
        configure?.Invoke(builder);
        AddStore(services, configuration, builder);
        AddCatalog(services, configuration);
        AddRedis(services, configuration);

        services.AddSingleton(provider => new HostStart(
            provider.GetKeyedService<ISchedulerFactory>(JobKinds.Scheduler), provider.GetRequiredService<IOptions<JobsOptions>>()));
        services.AddHostedService(provider => provider.GetRequiredService<HostStart>());
        services.AddSingleton<StartupReport>();
        services.AddSingleton(
            provider => new StoreStartup(provider.GetRequiredService<IStoreMigrator>, provider.GetRequiredService<StartupReport>));
        services.AddHostedService(provider => provider.GetRequiredService<StoreStartup>());
        services.AddHealthChecks()
            .AddCheck<LiveHealthCheck>(LiveHealthCheck.Name, tags: ["live"])
            .AddCheck<StoreHealthCheck>(StoreHealthCheck.Name, tags: ["ready"])
            .AddCheck<CardTraderHealthCheck>(CardTraderHealthCheck.Name, HealthStatus.Degraded, tags: ["ready"]);
        services.TryAddSingleton<IBrxSyncJobs, BrxSyncJobs>();
        if (builder.HasJobs)
        {
            services.AddJobs(RetentionSchedule.Add);
        }

        return services;
    }

    private static void AddCatalog(IServiceCollection services, IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(configuration["MySqlCatalog:ConnectionString"]))
        {
            services.AddMySqlCatalog();
        }

        if (services.Any(service => service.ServiceType == typeof(ICatalog)))
        {
            services.AddHealthChecks().AddCheck<CatalogHealthCheck>(CatalogHealthCheck.Name, HealthStatus.Degraded, tags: ["ready"]);
        }
    }

    private static void AddRedis(IServiceCollection services, IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(configuration["Redis:ConnectionString"]))
        {
            services.AddBrxSyncRedis();
        }

        if (services.Any(service => service.ServiceType == typeof(RedisHealth)))
        {
            services.AddHealthChecks().AddCheck<RedisHealthCheck>(RedisHealthCheck.Name, HealthStatus.Degraded, tags: ["ready"]);
        }
    }

    private static void AddStore(IServiceCollection services, IConfiguration configuration, BrxSyncBuilder builder)
    {
        if (builder.AddStore is { } chosen)
        {
            chosen();
        }
        else if (!string.IsNullOrEmpty(configuration["PostgreSql:ConnectionString"]))
        {
            services.AddPostgreSqlStore();
        }
        else
        {
            services.AddSqliteStore();
        }

        // Only an embedded store makes its own key: a database that several machines share needs one that is configured on each.
        if (services.Any(service => service.ServiceType == typeof(IValidateOptions<SqliteOptions>)))
        {
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<EncryptionOptions>, EmbeddedKeyFile>());
        }
    }
}
