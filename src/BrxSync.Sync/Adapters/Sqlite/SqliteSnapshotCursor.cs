using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;
using Dapper;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Keeps the rows of finished expansions in <c>sync_stage</c>, on the connection of the session.</summary>
internal sealed class SqliteSnapshotCursor(SqliteConnection connection, string account, Func<SqliteTransaction, CancellationToken, Task> checkEpoch)
    : ISnapshotCursor
{
    public async Task<SnapshotCursor?> FindAsync(CancellationToken cancellationToken = default)
    {
        var row = await connection.QuerySingleOrDefaultAsync<CursorRow>(CursorStatements.Find, new { account }).ConfigureAwait(false);
        return row?.ToCursor();
    }

    public async Task<IReadOnlyList<long>> RestoreAsync(CancellationToken cancellationToken = default) =>
        (await connection.QueryAsync<long>(CursorStatements.Restore, new { account }).ConfigureAwait(false)).AsList();

    public Task SaveAsync(SnapshotCursor cursor, long firstRow, CancellationToken cancellationToken = default) => WriteAsync(
        CursorStatements.Save,
        new
        {
            account,
            firstRow,
            cursor.Identity,
            startedAt = StoredTime.ToMicroseconds(cursor.StartedAt),
            windowFrom = StoredTime.ToMicroseconds(cursor.Window.From),
            windowTo = StoredTime.ToMicroseconds(cursor.Window.To),
            state = CursorRow.ToState(cursor),
        },
        cancellationToken);

    public Task DropAsync(CancellationToken cancellationToken = default) => WriteAsync(CursorStatements.Drop, new { account }, cancellationToken);

    public async Task<IReadOnlyList<long>> ListAbsentBlueprintsAsync(CancellationToken cancellationToken = default)
    {
        await connection.ExecuteAsync(SnapshotStatements.IndexStage).ConfigureAwait(false);
        return (await connection.QueryAsync<long>(CursorStatements.ListAbsent, new { account }).ConfigureAwait(false)).AsList();
    }

    private async Task WriteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        var transaction = connection.BeginTransaction(deferred: false);
        await using (transaction.ConfigureAwait(false))
        {
            await checkEpoch(transaction, cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(sql, parameters, transaction).ConfigureAwait(false);
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
