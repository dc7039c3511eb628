using System.Diagnostics.Metrics;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Adapters.PostgreSql;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Sync.Adapters.PostgreSql.Scheduling;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Retention;
using BrxSync.Sync.Adapters.Sql.Work;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the PostgreSQL store.</summary>
public static class PostgreSqlServiceCollectionExtensions
{
    /// <summary>Keeps everything in PostgreSQL 14 or newer, through one pool for the process.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Sets the options, or null when they are configured elsewhere.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddPostgreSqlStore(this IServiceCollection services, Action<PostgreSqlOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<PostgreSqlOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddMetrics();
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IValidateOptions<PostgreSqlOptions>, PostgreSqlRangeValidator>(),
            ServiceDescriptor.Singleton<IValidateOptions<PostgreSqlOptions>, PostgreSqlConnectionStringValidator>(),
        ]);
        services.TryAddSingleton(provider => new PostgreSqlPool(
            Options(provider).ToPools(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IStoreCondition>(
            provider => new PoolCondition(Pool(provider), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IStoreFaults, PostgreSqlFaults>();
        services.TryAddSingleton<IStoreMigrator>(provider => new PostgreSqlMigrator(
            Pool(provider),
            Options(provider),
            provider.GetRequiredService<IStoreFaults>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<IAccountStore>(provider =>
            new SqlAccountStore(
                new Database(Pool(provider).DataSource), PostgreSqlStatements.Accounts, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IOperationStore>(provider =>
            new SqlOperationStore(
                new Database(Pool(provider).DataSource), PostgreSqlStatements.Operations, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IJobRetryStore>(provider => new SqlJobRetryStore(
            new Database(Pool(provider).DataSource), JobRetryQueries.All, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IWorkStore>(provider =>
            new SqlWorkStore(
                new Database(Pool(provider).DataSource),
                WorkQueries.All,
                provider.GetRequiredService<TimeProvider>(),
                Feeds(provider)));
        services.TryAddSingleton<IStock>(provider => new SqlStock(
            Pool(provider).Primary, PostgreSqlStatements.Inventory, Pool(provider).Replicas));
        services.TryAddSingleton<IDriftReports>(
            provider => new SqlDriftReports(Pool(provider).Primary, DriftQueries.Reports, Pool(provider).Replicas));
        services.TryAddSingleton<IFreshnessStore>(
            provider => new SqlFreshnessStore(Pool(provider).Replicas, PostgreSqlStatements.Freshness));
        services.TryAddSingleton<IDeadLetterStore>(
            provider => new SqlDeadLetterStore(Pool(provider).Primary, DeadLetterStatements.All, Pool(provider).Replicas));
        services.TryAddSingleton<IStockStore>(
            provider => new PostgreSqlStockStore(Pool(provider).DataSource, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<IChangeStore>(provider =>
            new SqlChangeStore(new Database(Pool(provider).DataSource), ChangeQueries.All, provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ISnapshotStore>(provider => new PostgreSqlSnapshotStore(
            Pool(provider), Options(provider), provider.GetRequiredService<ILogger<PostgreSqlSnapshotStore>>()));
        services.TryAddSingleton<IBlueprintPropertyStore>(
            provider => new SqlBlueprintPropertyStore(new Database(Pool(provider).DataSource), BlueprintPropertyQueries.All));
        services.TryAddSingleton<IRetentionStore>(
            provider => new SqlRetentionStore(new Database(Pool(provider).DataSource), RetentionStatements.All));
        services.TryAddSingleton<ISchedulerDatabase>(provider => new SchedulerDatabase(() => Pool(provider).DataSource));
        services.TryAddSingleton<IPurgeStore>(
            provider => new SqlPurgeStore(new Database(Pool(provider).DataSource), PurgeStatements.All));
        services.TryAddSingleton<IFeedStore>(provider =>
            new SqlFeedStore(new Database(Pool(provider).DataSource), FeedStatements.All, provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static FeedNames Feeds(IServiceProvider provider) => provider.GetService<FeedNames>() ?? FeedNames.None;

    private static PostgreSqlPool Pool(IServiceProvider provider) => provider.GetRequiredService<PostgreSqlPool>();

    private static PostgreSqlOptions Options(IServiceProvider provider) => provider.GetRequiredService<IOptions<PostgreSqlOptions>>().Value;
}
