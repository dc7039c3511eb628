using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Adapters.Sqlite.Statements;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Keeps the rows of finished expansions in <c>sync_stage</c>, on the connection of the session.</summary>
internal sealed class SqliteSnapshotCursor(
    SqliteConnection connection, SqliteWriters writers, AccountId account, Func<SqliteTransaction, CancellationToken, Task> checkEpoch)
    : ISnapshotCursor
{
    public Task<SnapshotCursor?> FindAsync(CancellationToken cancellationToken = default) =>
        connection.FindAsync(new Statement(CursorStatements.Find, Account), CursorRow.Read, cancellationToken);

    public async Task<IReadOnlyList<long>> RestoreAsync(CancellationToken cancellationToken = default) =>
        await OwnThread.RunAsync(() => connection.ListNumbersAsync(new Statement(CursorStatements.Restore, Account), cancellationToken))
            .ConfigureAwait(false);

    public Task SaveAsync(SnapshotCursor cursor, long firstRow, CancellationToken cancellationToken = default) => WriteAsync(
        CursorStatements.Save,
        Account
            .Number("firstRow", firstRow)
            .Text("Identity", cursor.Identity)
            .Time("startedAt", cursor.StartedAt)
            .Time("windowFrom", cursor.Window.From)
            .Time("windowTo", cursor.Window.To)
            .Text("state", CursorRow.ToState(cursor)),
        cancellationToken);

    public Task DropAsync(CancellationToken cancellationToken = default) => WriteAsync(CursorStatements.Drop, Account, cancellationToken);

    public Task<IReadOnlyList<long>> ListAbsentBlueprintsAsync(CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => ListAbsentAsync(cancellationToken));

    private async Task<IReadOnlyList<long>> ListAbsentAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(new Statement(SnapshotStatements.IndexStage), cancellationToken).ConfigureAwait(false);
        return await connection.ListNumbersAsync(
            new Statement(CursorStatements.ListAbsent, Account), cancellationToken).ConfigureAwait(false);
    }

    private Parameters Account => Parameters.Of(account);

    private async Task WriteAsync(string sql, Parameters parameters, CancellationToken cancellationToken)
    {
        var write = await writers.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        await using (write.ConfigureAwait(false))
        {
            await checkEpoch(write.Transaction, cancellationToken).ConfigureAwait(false);
            await OwnThread.RunAsync(() => connection.ExecuteAsync(new Statement(sql, parameters, write.Transaction), cancellationToken))
                .ConfigureAwait(false);
            await write.CommitAsync().ConfigureAwait(false);
        }
    }
}
