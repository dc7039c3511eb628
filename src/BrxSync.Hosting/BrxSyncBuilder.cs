using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using BrxSync.Client;
using BrxSync.Hosting.Jobs;
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
using BrxSync.Sync.Purchases;
using BrxSync.Sync.Reconciliation;
using BrxSync.Sync.Retention;
using BrxSync.Sync.Snapshots;
using BrxSync.Sync.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace BrxSync.Hosting;

/// <summary>Chooses what an embedded synchronization service uses. What is set here wins over configuration.</summary>
public sealed class BrxSyncBuilder
{
    internal BrxSyncBuilder(IServiceCollection services, IHttpClientBuilder httpClient) => (Services, HttpClient) = (services, httpClient);

    /// <summary>Gets the services of the host.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Gets the HTTP client that calls CardTrader, to add handlers of your own.</summary>
    public IHttpClientBuilder HttpClient { get; }

    /// <summary>Gets which store was chosen in code; null leaves it to configuration.</summary>
    internal Action? AddStore { get; private set; }

    /// <summary>Gets whether this host runs jobs.</summary>
    internal bool HasJobs { get; private set; } = true;

    /// <summary>Keeps everything in PostgreSQL.</summary>
    /// <param name="connectionString">How to reach the primary, e.g. <c>Host=...;Database=...;Username=...;Password=...</c>.</param>
    /// <param name="configure">Sets further options, or null.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder UsePostgreSql(string connectionString, Action<PostgreSqlOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        AddStore = () => Services.AddPostgreSqlStore(options =>
        {
            options.ConnectionString = connectionString;
            configure?.Invoke(options);
        });
        return this;
    }

    /// <summary>Keeps everything in one SQLite file: what is used when nothing is configured.</summary>
    /// <param name="path">The file; its folder is created.</param>
    /// <param name="configure">Sets further options, or null.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder UseSqlite(string path, Action<SqliteOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        AddStore = () => Services.AddSqliteStore(options =>
        {
            options.Path = path;
            configure?.Invoke(options);
        });
        return this;
    }

    /// <summary>Adds only products to the stock whose blueprint a catalogue in MySQL or MariaDB maps to a print.</summary>
    /// <param name="connectionString">How to reach it, e.g. <c>Server=...;Database=...;User ID=...;Password=...</c>.</param>
    /// <param name="configure">Sets further options, or null.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder UseMySqlCatalog(string connectionString, Action<MySqlCatalogOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        return UseMySqlCatalog(options =>
        {
            options.ConnectionString = connectionString;
            configure?.Invoke(options);
        });
    }

    /// <inheritdoc cref="UseMySqlCatalog(string, Action{MySqlCatalogOptions}?)"/>
    /// <param name="configure">Sets the options, the connection string among them unless it is configured elsewhere.</param>
    public BrxSyncBuilder UseMySqlCatalog(Action<MySqlCatalogOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Services.AddMySqlCatalog(configure);
        return this;
    }

    /// <summary>
    /// Adds only products to the stock whose blueprint a catalogue maps to a print, read through a data source of the host.
    /// </summary>
    /// <param name="dataSource">Opens connections to MySQL or MariaDB, with any provider; it stays the host's to dispose of.</param>
    /// <param name="configure">Sets further options, or null.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder UseMySqlCatalog(DbDataSource dataSource, Action<MySqlCatalogOptions>? configure = null)
    {
        Services.AddMySqlCatalog(dataSource, configure);
        return this;
    }

    /// <summary>Sets how long answers of the catalogue are kept in memory, and how many.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigureCatalogCache(Action<CatalogCacheOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Shares the rate limits of CardTrader with all processes that use the same Redis.</summary>
    /// <param name="connectionString">How to reach it, e.g. <c>redis:6379,password=...,ssl=true</c>.</param>
    /// <param name="configure">Sets further options, or null.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder UseRedis(string connectionString, Action<RedisOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        Services.AddBrxSyncRedis(options =>
        {
            options.ConnectionString = connectionString;
            configure?.Invoke(options);
        });
        return this;
    }

    /// <summary>Shares the rate limits of CardTrader with all processes of one Redis, through a connection of the host.</summary>
    /// <param name="connection">The connection; it stays the host's to dispose of.</param>
    /// <param name="configure">Sets further options, or null.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder UseRedis(IConnectionMultiplexer connection, Action<RedisOptions>? configure = null)
    {
        Services.AddBrxSyncRedis(connection, configure);
        return this;
    }

    /// <summary>Sets the keys that encrypt tokens at rest: the first one encrypts, all of them decrypt.</summary>
    /// <param name="keys">Fernet keys, 44 characters each.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder UseEncryptionKeys(params string[] keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        Services.Configure<EncryptionOptions>(options => options.Keys = [.. keys]);
        return this;
    }

    /// <summary>Sets how CardTrader is called.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigureCardTrader(Action<CardTraderClientOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sets how full syncs run.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigureFullSync(Action<FullSyncOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sets how changes that are made here reach CardTrader.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigureChanges(Action<ChangesOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sets how purchases are made.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigurePurchases(Action<PurchaseOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sets how long history is kept.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigureRetention(Action<RetentionOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sets how often accounts are compared as a whole.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigureReconciliation(Action<ReconciliationOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sets how long it is believed which properties blueprints allow.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigureBlueprintProperties(Action<BlueprintPropertyOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sets how webhook deliveries are taken in.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigureWebhookIntake(Action<WebhookIntakeOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sets how orders are polled.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigureOrderPolling(Action<OrderPollingOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>Sets how the work outside of requests is run.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigureJobs(Action<JobsOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }

    /// <summary>
    /// Hands every change of the stock to a handler: the entries of each account's journal in order, at least once, from a cursor that
    /// outlives the process.
    /// </summary>
    /// <typeparam name="THandler">The handler. A class is registered as scoped, unless it is registered already.</typeparam>
    /// <param name="name">
    /// The name of the feed, which its cursors are stored under: 1 to 64 letters, digits, hyphens, dots and underscores. A new name begins
    /// anew. It is also the name of its section in <c>StockFeeds</c>.
    /// </param>
    /// <param name="configure">Sets the options, or null.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder AddStockFeed<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        string name, Action<StockFeedOptions>? configure = null)
        where THandler : class, IStockFeedHandler
    {
        Services.AddStockFeed<THandler>(name, configure);
        return this;
    }

    /// <summary>
    /// Runs no jobs in this host, and no scheduler: for a host that only serves requests, beside others on the same database that do the
    /// work, or for a program that runs what it needs itself.
    /// </summary>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder WithoutJobs()
    {
        HasJobs = false;
        return this;
    }
}
