using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Opens steps on the stock in PostgreSQL.</summary>
internal sealed class PostgreSqlStockStore(NpgsqlDataSource dataSource, TimeProvider time)
    : SqlStockStore(new Database(dataSource), StockQueryStatements.All, time)
{
    public override async Task<IStockSession> OpenAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        new PostgreSqlStockSession(await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false), accountId, isOwner: true);
}
