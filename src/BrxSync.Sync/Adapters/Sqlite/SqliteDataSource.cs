using System.Data.Common;
using BrxSync.Sync.Adapters.Sql.Access;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Opens pooled connections to the database file, each set up alike.</summary>
internal sealed class SqliteDataSource : DbDataSource
{
    // Only for what a writer that waits its turn never meets: another program that has just crashed, or that has the whole file for itself.
    private const int ReaderTimeoutSeconds = 1;

    private readonly string _setup;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private volatile bool _isDisposed;

    public SqliteDataSource(SqliteOptions options, TimeProvider time)
    {
        (_time, _patience) = (time, TimeSpan.FromSeconds(options.BusyTimeoutSeconds));
        FilePath = Path.GetFullPath(options.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        ConnectionString = new SqliteConnectionStringBuilder
        {
            DataSource = FilePath,
            DefaultTimeout = ReaderTimeoutSeconds,
            Pooling = true,
        }.ToString();

        // WAL: readers never wait for the writer. FULL: a commit that was answered survives a power cut. The stage goes to a file, not to
        // memory. No commit empties the log: see SqliteCheckpoints.
        _setup = $"""
            pragma journal_mode = wal; pragma synchronous = full; pragma temp_store = file; pragma cache_size = -{options.CacheMegabytes * 1024};
            pragma wal_autocheckpoint = 0; pragma journal_size_limit = {SqliteCheckpoints.LogLimit};
            """;
        Writers = new SqliteWriters(this, _patience, time);
        Checkpoints = new SqliteCheckpoints(this);
    }

    public SqliteWriters Writers { get; }

    public SqliteCheckpoints Checkpoints { get; }

    public string FilePath { get; }

    public override string ConnectionString { get; }

    public async ValueTask<SqliteConnection> OpenSqliteAsync(CancellationToken cancellationToken) =>
        (SqliteConnection)await OpenDbConnectionAsync(cancellationToken).ConfigureAwait(false);

    protected override SqliteConnection CreateDbConnection() => new(ConnectionString);

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            // Opening makes the files: they would be made again after the host that is gone, where its folder may be gone too.
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            var connection = CreateDbConnection();
            try
            {
                await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                await connection.ExecuteAsync(new Statement(_setup), cancellationToken).ConfigureAwait(false);
                return connection;
            }
            catch (SqliteException fault) when (SqliteWriters.IsBusy(fault) && _time.GetElapsedTime(started) < _patience)
            {
                // Another program is changing the file to WAL, or has the whole of it for itself.
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            catch
            {
                await connection.DisposeAsync().ConfigureAwait(false);
                throw;
            }

            await SqliteWriters.PauseAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        _isDisposed = true;
        await base.DisposeAsyncCore().ConfigureAwait(false);
        await Checkpoints.Running.ConfigureAwait(false);
        ClearPool();
    }

    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
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
