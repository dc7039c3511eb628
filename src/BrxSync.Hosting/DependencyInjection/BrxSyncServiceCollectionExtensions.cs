using BrxSync.Client;
using BrxSync.Hosting.Health;
using BrxSync.Hosting.Jobs;
using BrxSync.Hosting.Startup;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.MySql;
using BrxSync.Sync.Adapters.PostgreSql;
using BrxSync.Sync.Adapters.Sqlite;
using BrxSync.Sync.Catalog;
using BrxSync.Sync.DependencyInjection;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Snapshots;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace BrxSync.Hosting.DependencyInjection;

/// <summary>Embeds the synchronization service in a host.</summary>
public static class BrxSyncServiceCollectionExtensions
{
    /// <summary>The section of the configuration that <see cref="AddBrxSync(IHostApplicationBuilder, Action{BrxSyncBuilder}?)"/> reads.</summary>
    public const string SectionName = "BrxSync";

    /// <summary>Embeds the service in a host, with options from the section <c>BrxSync</c> of its configuration.</summary>
    /// <param name="builder">The host's builder.</param>
    /// <param name="configure">Makes choices in code, or null.</param>
    /// <returns>The host's builder.</returns>
    public static IHostApplicationBuilder AddBrxSync(this IHostApplicationBuilder builder, Action<BrxSyncBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddBrxSync(builder.Configuration.GetSection(SectionName), configure);
        return builder;
    }

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
        services.AddOptions<EncryptionOptions>().Bind(configuration.GetSection("Encryption"));
        services.AddOptions<FullSyncOptions>().Bind(configuration.GetSection("FullSync"));
        services.AddOptions<ReconciliationOptions>().Bind(configuration.GetSection("Reconciliation"));
        services.AddOptions<WebhookIntakeOptions>().Bind(configuration.GetSection("WebhookIntake"));
        services.AddOptions<OrderPollingOptions>().Bind(configuration.GetSection("OrderPolling"));
        services.AddOptions<PostgreSqlOptions>().Bind(configuration.GetSection("PostgreSql"));
        services.AddOptions<SqliteOptions>().Bind(configuration.GetSection("Sqlite"));
        services.AddOptions<MySqlCatalogOptions>().Bind(configuration.GetSection("MySqlCatalog"));
        services.AddOptions<CatalogCacheOptions>().Bind(configuration.GetSection("CatalogCache"));
        services.AddOptions<JobsOptions>().Bind(configuration.GetSection("Jobs")).ValidateOnStart();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<JobsOptions>, JobsOptionsValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<JobsOptions>, JobsOptionsRules>(),
        ]);
        services.AddBrxSyncEngine();

        var builder = new BrxSyncBuilder(services, httpClient);
        configure?.Invoke(builder);
        AddStore(services, configuration, builder);
        AddCatalog(services, configuration);

        services.AddSingleton<StartupReport>();
        services.AddSingleton(provider => new StoreStartup(provider.GetRequiredService<IStoreMigrator>, provider.GetRequiredService<StartupReport>));
        services.AddHostedService(provider => provider.GetRequiredService<StoreStartup>());
        services.AddHealthChecks().AddCheck<StoreHealthCheck>(StoreHealthCheck.Name, tags: ["ready"]);
        services.TryAddSingleton<IBrxSyncJobs, BrxSyncJobs>();
        if (builder.HasJobs)
        {
            services.AddJobs();
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
