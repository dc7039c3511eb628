using BrxSync.Client;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Adapters.PostgreSql;
using BrxSync.Sync.Adapters.Sqlite;
using BrxSync.Sync.Snapshots;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.DependencyInjection;

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

    /// <summary>Sets how often accounts are compared as a whole.</summary>
    /// <param name="configure">Sets the options.</param>
    /// <returns>This builder.</returns>
    public BrxSyncBuilder ConfigureReconciliation(Action<ReconciliationOptions> configure)
    {
        Services.Configure(configure);
        return this;
    }
}
