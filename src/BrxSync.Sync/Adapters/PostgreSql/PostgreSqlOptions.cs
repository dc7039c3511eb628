using System.ComponentModel.DataAnnotations;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>How the PostgreSQL store connects.</summary>
public sealed class PostgreSqlOptions
{
    /// <summary>
    /// Gets or sets the connection string of the primary. What it sets itself (pool size, time-outs) wins over the options here.
    /// </summary>
    [Required(
        ErrorMessage =
            "PostgreSQL needs a connection string: set BrxSync:PostgreSql:ConnectionString or call UsePostgreSql(\"Host=...\").")]
    public string ConnectionString { get; set; } = string.Empty;

    /// <summary>Gets or sets how many connections the process may hold. A running sync holds two.</summary>
    /// <value>Default 50.</value>
    [Range(4, 10_000)]
    public int MaxPoolSize { get; set; } = 50;

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
}
