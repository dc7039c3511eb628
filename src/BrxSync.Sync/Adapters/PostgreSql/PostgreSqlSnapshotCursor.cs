using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;
using Dapper;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Keeps the rows of finished expansions in <c>sync_stage</c>, on the connection of the session.</summary>
internal sealed class PostgreSqlSnapshotCursor(
    NpgsqlConnection connection, AccountId account, PostgreSqlOptions options, Func<NpgsqlTransaction, CancellationToken, Task> lockAccount)
    : ISnapshotCursor
{
    public async Task<SnapshotCursor?> FindAsync(CancellationToken cancellationToken = default)
    {
        var row = await connection.QuerySingleOrDefaultAsync<CursorRow>(Command(CursorStatements.Find, Account, null, cancellationToken)).ConfigureAwait(false);
        return row?.ToCursor();
    }

    public async Task<IReadOnlyList<long>> RestoreAsync(CancellationToken cancellationToken = default) =>
        (await connection.QueryAsync<long>(Command(CursorStatements.Restore, Account, null, cancellationToken)).ConfigureAwait(false)).AsList();

    public async Task SaveAsync(SnapshotCursor cursor, long firstRow, CancellationToken cancellationToken = default)
    {
        await connection.ExecuteAsync(Command(CursorStatements.IndexStage, null, null, cancellationToken)).ConfigureAwait(false);
        var parameters = new
        {
            account = account.Value, firstRow = (int)firstRow, cursor.Identity, cursor.StartedAt, cursor.Window.From, cursor.Window.To, state = CursorRow.ToState(cursor),
        };
        await WriteAsync(CursorStatements.Save, parameters, cancellationToken).ConfigureAwait(false);
    }

    public Task DropAsync(CancellationToken cancellationToken = default) => WriteAsync(CursorStatements.Drop, Account, cancellationToken);

    public async Task<IReadOnlyList<long>> ListAbsentBlueprintsAsync(CancellationToken cancellationToken = default)
    {
        await connection.ExecuteAsync(Command("analyze pg_temp.brx_stage", null, null, cancellationToken)).ConfigureAwait(false);
        return (await connection.QueryAsync<long>(Command(CursorStatements.ListAbsent(account), null, null, cancellationToken)).ConfigureAwait(false)).AsList();
    }

    private object Account => new { account = account.Value };

    private async Task WriteAsync(string sql, object parameters, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await lockAccount(transaction, cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(Command(sql, parameters, transaction, cancellationToken)).ConfigureAwait(false);
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private CommandDefinition Command(string sql, object? parameters, NpgsqlTransaction? transaction, CancellationToken cancellationToken) =>
        new(sql, parameters, transaction, options.SyncTimeoutSeconds, cancellationToken: cancellationToken);
}
