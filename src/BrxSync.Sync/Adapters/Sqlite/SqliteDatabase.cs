using System.Data.Common;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>
/// The stores' way to SQLite: reads see the last commit and wait for nobody; each write waits for its turn and is an immediate transaction.
/// </summary>
/// <param name="dataSource">The file.</param>
/// <param name="within">How long a write waits for its turn; null for as long as a writer waits.</param>
internal sealed class SqliteDatabase(SqliteDataSource dataSource, TimeSpan? within = null) : Database(dataSource)
{
    private readonly SqliteDataSource _dataSource = dataSource;

    public override async Task<int> ExecuteAsync(string sql, Parameters? parameters, CancellationToken cancellationToken)
    {
        var write = await _dataSource.Writers.BeginAsync(within, cancellationToken).ConfigureAwait(false);
        await using (write.ConfigureAwait(false))
        {
            var rows = await write.Connection.ExecuteAsync(
                new Statement(sql, parameters, write.Transaction), cancellationToken).ConfigureAwait(false);
            await write.CommitAsync().ConfigureAwait(false);
            return rows;
        }
    }

    public override Task<T?> WriteAsync<T>(
        string sql, Parameters? parameters, Func<RowReader, T> read, CancellationToken cancellationToken)
        where T : class => CommitAsync(
            write => write.Connection.FindAsync(new Statement(sql, parameters, write.Transaction), read, cancellationToken),
            cancellationToken);

    public override Task<T?> InTransactionAsync<T>(
        Func<DbConnection, DbTransaction, Task<T?>> work, CancellationToken cancellationToken)
        where T : class => CommitAsync(write => work(write.Connection, write.Transaction), cancellationToken);

    private async Task<T?> CommitAsync<T>(Func<SqliteWrite, Task<T?>> work, CancellationToken cancellationToken)
        where T : class
    {
        var write = await _dataSource.Writers.BeginAsync(within, cancellationToken).ConfigureAwait(false);
        await using (write.ConfigureAwait(false))
        {
            var result = await work(write).ConfigureAwait(false);
            if (result is not null)
            {
                await write.CommitAsync().ConfigureAwait(false);
            }

            return result;
        }
    }
}
