using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>
/// A writer's turn: the only write transaction of the process. Disposing it without a commit leaves everything as it was.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="transaction">Its transaction, which has the lock of the database.</param>
/// <param name="ownsConnection">Whether the connection ends with it.</param>
/// <param name="leave">Lets the next writer in; told whether something was committed.</param>
internal sealed class SqliteWrite(
    SqliteConnection connection, SqliteTransaction transaction, bool ownsConnection, Action<bool> leave) : IAsyncDisposable
{
    private bool _isCommitted;
    private bool _isDisposed;

    public SqliteConnection Connection => connection;

    public SqliteTransaction Transaction => transaction;

    /// <summary>Commits. Not to be cancelled: half way nobody would know its outcome.</summary>
    public async Task CommitAsync()
    {
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        _isCommitted = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        try
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            try
            {
                if (ownsConnection)
                {
                    await connection.DisposeAsync().ConfigureAwait(false);
                }
            }
            finally
            {
                leave(_isCommitted);
            }
        }
    }
}
