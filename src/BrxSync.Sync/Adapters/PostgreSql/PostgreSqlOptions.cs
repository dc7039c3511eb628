using System.ComponentModel.DataAnnotations;
using BrxSync.Sync.Adapters.PostgreSql.Connections;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>How the PostgreSQL store connects.</summary>
public sealed class PostgreSqlOptions
{
    /// <summary>
    /// Gets or sets the connection string of the primary, or with several hosts (<c>Host=a,b</c>) of the primary and its standbys: the one
    /// that is the primary is used. What it sets itself (pool size, time-outs) wins over the options here.
    /// </summary>
    [Required(
        ErrorMessage =
            "PostgreSQL needs a connection string: set BrxSync:PostgreSql:ConnectionString or call UsePostgreSql(\"Host=...\").")]
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>
    /// Gets or sets the connection string for what needs one session of the server from beginning to end: syncs and migrations. Needed
    /// behind a pooler whose unit is the transaction (PgBouncer with <c>pool_mode = transaction</c>); it leads past it. Null uses
    /// <see cref="ConnectionString"/>.
    /// </summary>
    public string? SessionConnectionString { get; set; }

    /// <summary>
    /// Gets or sets the connection string for reads that may be a little old: one standby or several. Null takes a standby among the hosts
    /// of <see cref="ConnectionString"/>, and with one host reads from the primary.
    /// </summary>
    public string? ReplicaConnectionString { get; set; }

    /// <summary>
    /// Gets or sets how old reads from a standby may be. One that is further behind is not read until it has caught up; the primary is.
    /// </summary>
    /// <value>Default 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan MaxReplicaLag { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how many connections the process may hold. A running sync holds two.</summary>
    /// <value>Default 50.</value>
    [Range(4, 10_000)]
    public int MaxPoolSize { get; set; } = 50;

    /// <summary>
    /// Gets or sets how many connections of <see cref="SessionConnectionString"/> the process may hold. A running sync holds one; further
    /// ones wait.
    /// </summary>
    /// <value>Default 10.</value>
    [Range(1, 10_000)]
    public int MaxSessionPoolSize { get; set; } = 10;

    /// <summary>
    /// Gets or sets how many processes share the server, for the warning at the start that their pools may ask for more connections than it
    /// has. Null counts those that run jobs, from the scheduler's table, and this one.
    /// </summary>
    [Range(1, 10_000)]
    public int? Processes { get; set; }

    /// <summary>Gets or sets how long connecting, or waiting for a connection of the pool, may take, in seconds.</summary>
    /// <value>Default 15.</value>
    [Range(1, 300)]
    public int ConnectTimeoutSeconds { get; set; } = 15;

    /// <summary>Gets or sets how long a connection may be idle in the pool before it is closed, in seconds.</summary>
    /// <value>Default 300.</value>
    [Range(10, 86_400)]
    public int IdleLifetimeSeconds { get; set; } = 300;

    /// <summary>
    /// Gets or sets how old a connection may become before it is closed instead of being kept in the pool, in seconds; 0 for any age.
    /// </summary>
    /// <value>Default 3600.</value>
    [Range(0, 604_800)]
    public int ConnectionLifetimeSeconds { get; set; } = 3600;

    /// <summary>
    /// Gets or sets how long a statement may take, in seconds. The set-based statements of a sync have <see cref="SyncTimeoutSeconds"/>.
    /// </summary>
    /// <value>Default 30.</value>
    [Range(1, 3600)]
    public int CommandTimeoutSeconds { get; set; } = 30;

    /// <summary>Gets or sets how long one statement of a sync may take, in seconds.</summary>
    /// <value>Default 900.</value>
    [Range(1, 86_400)]
    public int SyncTimeoutSeconds { get; set; } = 900;

    /// <summary>
    /// Gets or sets the server memory that joining a snapshot with the stock may use, in MB (<c>work_mem</c> of that transaction).
    /// </summary>
    /// <value>Default 64.</value>
    [Range(4, 4096)]
    public int SyncWorkMemoryMegabytes { get; set; } = 64;

    /// <summary>
    /// Gets or sets whether every statement is logged, by the categories <c>Npgsql.*</c> and as the host filters them. Without it these say
    /// warnings and errors alone.
    /// </summary>
    /// <value>Default false.</value>
    public bool LogCommands { get; set; }

    internal PoolSettings ToPools() => new()
    {
        ConnectionString = ConnectionString,
        ReplicaConnectionString = ReplicaConnectionString,
        SessionConnectionString = SessionConnectionString,
        MaxPoolSize = MaxPoolSize,
        MaxSessionPoolSize = MaxSessionPoolSize,
        ConnectTimeoutSeconds = ConnectTimeoutSeconds,
        CommandTimeoutSeconds = CommandTimeoutSeconds,
        IdleLifetimeSeconds = IdleLifetimeSeconds,
        ConnectionLifetimeSeconds = ConnectionLifetimeSeconds,
        MaxReplicaLag = MaxReplicaLag,
        LogCommands = LogCommands,
    };
}
