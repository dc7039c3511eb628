using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Keeps the rows of finished expansions in <c>sync_stage</c>, on the connection of the session.</summary>
internal sealed class PostgreSqlSnapshotCursor(
    NpgsqlConnection connection, AccountId account, PostgreSqlOptions options, Func<NpgsqlTransaction, CancellationToken, Task> lockAccount)
    : ISnapshotCursor
{
    public Task<SnapshotCursor?> FindAsync(CancellationToken cancellationToken = default) =>
        connection.FindAsync(Statement(CursorStatements.Find, Account), CursorRow.Read, cancellationToken);

    public async Task<IReadOnlyList<long>> RestoreAsync(CancellationToken cancellationToken = default) =>
        await connection.ListNumbersAsync(Statement(CursorStatements.Restore, Account), cancellationToken).ConfigureAwait(false);

    public async Task SaveAsync(SnapshotCursor cursor, long firstRow, CancellationToken cancellationToken = default)
    {
        await connection.ExecuteAsync(Statement(CursorStatements.IndexStage), cancellationToken).ConfigureAwait(false);
        var parameters = Account
            .Integer("firstRow", (int)firstRow)
            .Text("Identity", cursor.Identity)
            .Instant("StartedAt", cursor.StartedAt)
            .Instant("From", cursor.Window.From)
            .Instant("To", cursor.Window.To)
            .Text("state", CursorRow.ToState(cursor));
        await WriteAsync(CursorStatements.Save, parameters, cancellationToken).ConfigureAwait(false);
    }

    public Task DropAsync(CancellationToken cancellationToken = default) => WriteAsync(CursorStatements.Drop, Account, cancellationToken);

    public async Task<IReadOnlyList<long>> ListAbsentBlueprintsAsync(CancellationToken cancellationToken = default)
    {
        await connection.ExecuteAsync(Statement("analyze pg_temp.brx_stage"), cancellationToken).ConfigureAwait(false);
        return await connection.ListNumbersAsync(Statement(CursorStatements.ListAbsent(account)), cancellationToken).ConfigureAwait(false);
    }

    private Parameters Account => PostgreSqlParameters.Of(account);

    private async Task WriteAsync(string sql, Parameters parameters, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await lockAccount(transaction, cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(Statement(sql, parameters, transaction), cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private Statement Statement(string sql, Parameters? parameters = null, NpgsqlTransaction? transaction = null) =>
        new(sql, parameters, transaction, options.SyncTimeoutSeconds);
}
