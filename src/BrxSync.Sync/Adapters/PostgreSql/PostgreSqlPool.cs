using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>The process's one pool of connections to the primary. What the connection string sets itself wins over the options.</summary>
internal sealed class PostgreSqlPool : IAsyncDisposable, IDisposable
{
    public PostgreSqlPool(PostgreSqlOptions options, ILoggerFactory loggers)
    {
        var given = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            MaxPoolSize = Sets(given, "Maximum Pool Size") ? given.MaxPoolSize : options.MaxPoolSize,
            CommandTimeout = Sets(given, "Command Timeout") ? given.CommandTimeout : options.CommandTimeoutSeconds,
            ApplicationName = given.ApplicationName ?? "BrxSync",

            // The detail of an error holds the row that it is about, and errors are logged.
            IncludeErrorDetail = false,
        };
        MaxSize = connection.MaxPoolSize;
        DataSource = new PostgreSqlDataSource(connection, options.LogCommands ? loggers : new WarningLoggers(loggers));
    }

    public PostgreSqlDataSource DataSource { get; }

    /// <summary>How many connections it may hold.</summary>
    public int MaxSize { get; }

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();

    public void Dispose() => DataSource.Dispose();

    private static bool Sets(NpgsqlConnectionStringBuilder given, string keyword) => given.ShouldSerialize(keyword);
}
