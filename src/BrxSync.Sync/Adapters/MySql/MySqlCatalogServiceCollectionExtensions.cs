using System.Data.Common;
using BrxSync.Sync.Adapters.MySql;
using BrxSync.Sync.Catalog;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers a catalogue in MySQL or MariaDB.</summary>
public static class MySqlCatalogServiceCollectionExtensions
{
    /// <summary>Reads the catalogue through one pool for the process.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options, or null when they are configured elsewhere.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddMySqlCatalog(this IServiceCollection services, Action<MySqlCatalogOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<CatalogCacheOptions>().ValidateOnStart();
        var options = services.AddOptions<MySqlCatalogOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<CatalogCacheOptions>, CatalogCacheRangeValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<CatalogCacheOptions>, CatalogCacheRules>(),
            ServiceDescriptor.Singleton<IValidateOptions<MySqlCatalogOptions>, MySqlCatalogRangeValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<MySqlCatalogOptions>, MySqlCatalogRules>(),
        ]);
        services.AddMetrics();
        services.TryAddSingleton<CatalogMetrics>();
        services.TryAddSingleton<MySqlCatalogPool>();
        services.TryAddSingleton<ICatalogSource, MySqlCatalogSource>();
        services.TryAddSingleton<ICatalog, CatalogLookup>();
        return services;
    }

    /// <summary>Reads the catalogue through a data source of the host: any provider of MySQL or MariaDB.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="dataSource">
    /// Opens connections; it stays the host's to dispose of. At most <see cref="MySqlCatalogOptions.MaxPoolSize"/> are open at once.
    /// </param>
    /// <param name="configure">Sets further options, or null.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddMySqlCatalog(
        this IServiceCollection services, DbDataSource dataSource, Action<MySqlCatalogOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        services.TryAddSingleton(new MySqlCatalogDataSource(dataSource));
        return services.AddMySqlCatalog(configure);
    }
}
