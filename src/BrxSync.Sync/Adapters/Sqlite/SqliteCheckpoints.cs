using BrxSync.Sync.Adapters.Sql.Access;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>
/// Moves what was committed from the log into the database file. Left to SQLite, the writer whose commit fills the log does it, on its
/// thread and in its turn: after a large snapshot that would be the next webhook delivery, for seconds. Here it has a thread and a
/// connection of its own, and neither readers nor writers wait for it.
/// </summary>
internal sealed class SqliteCheckpoints(SqliteDataSource dataSource)
{
    /// <summary>How large the log may grow before it is emptied, in bytes; SQLite's own measure is about the same.</summary>
    public const long LogLimit = 4 * 1024 * 1024;

    private readonly FileInfo _log = new(dataSource.FilePath + "-wal");
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Gets the checkpoint that is under way, or the last one.</summary>
    public Task Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>
    /// Begins one if the log has grown. The first commit after it writes the log from its start again, and cuts the file.
    /// </summary>
    public void AfterWrite()
    {
        lock (_gate)
        {
            _log.Refresh();
            if (_running.IsCompleted && _log.Exists && _log.Length > LogLimit)
            {
                _running = OwnThread.RunAsync(RunAsync);
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            var connection = await dataSource.OpenSqliteAsync(CancellationToken.None).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await connection.ExecuteAsync(new Statement("pragma wal_checkpoint(passive)"), CancellationToken.None)
                    .ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is SqliteException or ObjectDisposedException)
        {
            // The commits are in the log all the same. The next write tries again, and whatever is wrong with the file tells it too.
        }
    }
}
