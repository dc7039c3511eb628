using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>How the catalogue is read from MySQL or MariaDB.</summary>
public sealed class MySqlCatalogOptions
{
    /// <summary>The tables that are read when none are configured.</summary>
    internal static readonly string[] DefaultTables = ["cards_prints", "op_prints", "pk_prints", "sealed_products"];

    /// <summary>
    /// Gets or sets the connection string. What it sets itself (pool size, time-outs) wins over the options here. Not used when the
    /// catalogue was given as a data source.
    /// </summary>
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Gets or sets how many connections the process holds at most, however many syncs run. Further queries wait.</summary>
    /// <value>Default 10.</value>
    [Range(1, 1000)]
    public int MaxPoolSize { get; set; } = 10;

    /// <summary>Gets or sets how long connecting may take, in seconds.</summary>
    /// <value>Default 5.</value>
    [Range(1, 300)]
    public int ConnectTimeoutSeconds { get; set; } = 5;

    /// <summary>Gets or sets how long one query may take, in seconds.</summary>
    /// <value>Default 30.</value>
    [Range(1, 3600)]
    public int CommandTimeoutSeconds { get; set; } = 30;

    /// <summary>Gets or sets how long a connection may be idle in the pool before it is closed, in seconds.</summary>
    /// <value>Default 180.</value>
    [Range(10, 86_400)]
    public int IdleLifetimeSeconds { get; set; } = 180;

    /// <summary>
    /// Gets or sets how old a connection may become before it is closed instead of being kept in the pool, in seconds; 0 for any age.
    /// </summary>
    /// <value>Default 3600.</value>
    [Range(0, 604_800)]
    public int ConnectionLifetimeSeconds { get; set; } = 3600;

    /// <summary>
    /// Gets or sets the tables, in the order in which they win when several link a blueprint; a schema may stand before a dot. Empty stands
    /// for <c>cards_prints</c>, <c>op_prints</c>, <c>pk_prints</c> and <c>sealed_products</c>.
    /// </summary>
    public IList<string> Tables { get; set; } = [];

    /// <summary>
    /// Gets or sets those of the tables whose prints are not to be synchronized: products of them are skipped as excluded.
    /// </summary>
    public IList<string> ExcludedTables { get; set; } = [];

    /// <summary>Gets or sets the column of each table that holds the CardTrader blueprint id. It should be indexed.</summary>
    /// <value>Default <c>cardtrader_id</c>.</value>
    [Required]
    public string BlueprintColumn { get; set; } = "cardtrader_id";

    /// <summary>Gets or sets the column of each table that holds the id of a print.</summary>
    /// <value>Default <c>id</c>.</value>
    [Required]
    public string IdColumn { get; set; } = "id";

    /// <summary>Gets or sets how often a query is repeated after a passing fault (server gone, connection lost, time-out).</summary>
    /// <value>Default 6.</value>
    [Range(0, 100)]
    public int MaxRetries { get; set; } = 6;

    /// <summary>Gets or sets the wait before the first retry; it doubles with each further one, and half of it is random.</summary>
    /// <value>Default 250 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Gets or sets the longest wait between two attempts.</summary>
    /// <value>Default 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The tables that are read.</summary>
    internal IReadOnlyList<string> EffectiveTables => Tables.Count > 0 ? [.. Tables] : DefaultTables;
}
