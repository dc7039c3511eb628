using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Retention;
using BrxSync.Sync.Adapters.Sql.Work;
using BrxSync.Sync.Adapters.Sqlite;
using BrxSync.Sync.Adapters.Sqlite.Statements;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the embedded SQLite store.</summary>
public static class SqliteServiceCollectionExtensions
{
    /// <summary>Keeps everything in one SQLite file: no server is needed.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options, or null when they are configured elsewhere.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddSqliteStore(this IServiceCollection services, Action<SqliteOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<SqliteOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteOptions>, SqliteOptionsValidator>());
        services.TryAddSingleton(provider => new SqliteDataSource(
            provider.GetRequiredService<IOptions<SqliteOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IStoreFaults, SqliteFaults>();
        services.TryAddSingleton<IStoreMigrator, SqliteMigrator>();
        services.TryAddSingleton<IAccountStore>(provider =>
            new SqlAccountStore(Open(provider), SqliteStatements.Accounts, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IOperationStore>(provider =>
            new SqlOperationStore(Open(provider), SqliteStatements.Operations, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IWorkStore>(provider =>
            new SqlWorkStore(Open(provider), WorkQueries.All, provider.GetRequiredService<TimeProvider>(), Feeds(provider)));
        services.TryAddSingleton<IJobRetryStore>(
            provider => new SqlJobRetryStore(Open(provider), JobRetryQueries.All, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IStock>(provider => new SqlStock(Open(provider), SqliteStatements.Inventory));
        services.TryAddSingleton<IDriftReports>(provider => new SqlDriftReports(Open(provider), DriftQueries.Reports));
        services.TryAddSingleton<IFreshnessStore>(provider => new SqlFreshnessStore(Open(provider), SqliteStatements.Freshness));
        services.TryAddSingleton<IDeadLetterStore>(provider => new SqlDeadLetterStore(Open(provider), DeadLetterStatements.All));
        services.TryAddSingleton<IStockStore, SqliteStockStore>();
        services.TryAddSingleton<IChangeStore>(
            provider => new SqlChangeStore(Open(provider), ChangeQueries.All, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ISnapshotStore, SqliteSnapshotStore>();
        services.TryAddSingleton<IBlueprintPropertyStore>(
            provider => new SqlBlueprintPropertyStore(Open(provider), BlueprintPropertyQueries.All));
        services.TryAddSingleton<IRetentionStore>(provider => new SqlRetentionStore(Open(provider), RetentionStatements.All));
        services.TryAddSingleton<IPurgeStore>(provider => new SqlPurgeStore(Open(provider), PurgeStatements.All));
        services.TryAddSingleton<IFeedStore>(
            provider => new SqlFeedStore(Open(provider), FeedStatements.All, provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static FeedNames Feeds(IServiceProvider provider) => provider.GetService<FeedNames>() ?? FeedNames.None;

    private static SqliteDatabase Open(IServiceProvider provider) => new(provider.GetRequiredService<SqliteDataSource>());
}
