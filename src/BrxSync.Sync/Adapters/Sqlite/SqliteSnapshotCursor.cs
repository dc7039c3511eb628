using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Snapshots;
using Dapper;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Keeps the rows of finished expansions in <c>sync_stage</c>, on the connection of the session.</summary>
internal sealed class SqliteSnapshotCursor(
    SqliteConnection connection, SqliteWriters writers, string account, Func<SqliteTransaction, CancellationToken, Task> checkEpoch)
    : ISnapshotCursor
{
    public async Task<SnapshotCursor?> FindAsync(CancellationToken cancellationToken = default)
    {
        var row = await connection.QuerySingleOrDefaultAsync<CursorRow>(CursorStatements.Find, new { account }).ConfigureAwait(false);
        return row?.ToCursor();
    }

    public async Task<IReadOnlyList<long>> RestoreAsync(CancellationToken cancellationToken = default) =>
        (await OwnThread.RunAsync(() => connection.QueryAsync<long>(CursorStatements.Restore, new { account })).ConfigureAwait(false)).AsList();

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

    public Task<IReadOnlyList<long>> ListAbsentBlueprintsAsync(CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(ListAbsentAsync);

    private async Task<IReadOnlyList<long>> ListAbsentAsync()
    {
        await connection.ExecuteAsync(SnapshotStatements.IndexStage).ConfigureAwait(false);
        return (await connection.QueryAsync<long>(CursorStatements.ListAbsent, new { account }).ConfigureAwait(false)).AsList();
    }

    private async Task WriteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        var write = await writers.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        await using (write.ConfigureAwait(false))
        {
            await checkEpoch(write.Transaction, cancellationToken).ConfigureAwait(false);
            await OwnThread.RunAsync(() => connection.ExecuteAsync(sql, parameters, write.Transaction)).ConfigureAwait(false);
            await write.CommitAsync().ConfigureAwait(false);
        }
    }
}
