using System.Data.Common;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Retention;

/// <summary>Purges accounts: each batch makes sure that the account is not connected, and holds its row meanwhile.</summary>
internal sealed class SqlPurgeStore(Database database, PurgeQueries sql) : IPurgeStore
{
    public IReadOnlyList<string> Tables { get; } = [.. PurgeTable.All.Select(table => table.Name)];

    public async Task<int> DropAsync(AccountId accountId, string table, int limit, CancellationToken cancellationToken = default)
    {
        var drop = sql.Drop(PurgeTable.All.Single(known => known.Name == table));
        return await HoldingAsync(
            accountId,
            async Task<int?> (connection, transaction) => await connection.ExecuteAsync(
                new Statement(drop, Parameters.Of(accountId).Integer("limit", limit), transaction), cancellationToken)
                .ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false) ?? 0;
    }

    public Task<int?> EndAsync(AccountId accountId, CancellationToken cancellationToken = default) => HoldingAsync(
        accountId,
        async Task<int?> (connection, transaction) =>
        {
            foreach (var table in PurgeTable.All)
            {
                var any = new Statement(sql.Any(table), Parameters.Of(accountId), transaction);
                if (await connection.FindNumberAsync(any, cancellationToken).ConfigureAwait(false) is not null)
                {
                    return null;
                }
            }

            return await connection.ExecuteAsync(
                new Statement(sql.End, Parameters.Of(accountId), transaction), cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);

    private async Task<int?> HoldingAsync(
        AccountId account, Func<DbConnection, DbTransaction, Task<int?>> remove, CancellationToken cancellationToken)
    {
        var removed = await database.InTransactionAsync(
            async (connection, transaction) =>
            {
                var isConnected = await connection.FindNumberAsync(
                    new Statement(sql.Lock, Parameters.Of(account), transaction), cancellationToken).ConfigureAwait(false);
                return isConnected == 1
                    ? throw new AccountNotRemovedException(account)
                    : await remove(connection, transaction).ConfigureAwait(false) is { } rows ? new Removed(rows) : null;
            },
            cancellationToken).ConfigureAwait(false);
        return removed?.Rows;
    }

    private sealed record Removed(int Rows);
}
