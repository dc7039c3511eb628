using System.Data.Common;
using BrxSync.Sync.Adapters.Sql;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Opens pooled connections to the database file, each set up alike.</summary>
internal sealed class SqliteDataSource : DbDataSource
{
    private readonly string _setup;

    public SqliteDataSource(SqliteOptions options)
    {
        FilePath = Path.GetFullPath(options.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = FilePath,
            DefaultTimeout = options.BusyTimeoutSeconds,
            Pooling = true,
        }.ToString();

        // WAL: readers never wait for the writer. FULL: a commit that was answered survives a power cut. The stage goes to a file, not to memory.
        _setup = $"pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = file; pragma cache_size = -{options.CacheMegabytes * 1024};";
    }

    public string FilePath { get; }

    public override string ConnectionString { get; }

    public async ValueTask<SqliteConnection> OpenSqliteAsync(CancellationToken cancellationToken) =>
        (SqliteConnection)await OpenDbConnectionAsync(cancellationToken).ConfigureAwait(false);

    protected override SqliteConnection CreateDbConnection() => new(ConnectionString);

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        var connection = CreateDbConnection();
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(new Statement(_setup), cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore().ConfigureAwait(false);
        ClearPool();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            ClearPool();
        }
    }

    private void ClearPool()
    {
        using var connection = CreateDbConnection();
        SqliteConnection.ClearPool(connection);
    }
}
