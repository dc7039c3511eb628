using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.PostgreSql.Connections;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>Opens steps on the stock in PostgreSQL.</summary>
internal sealed class PostgreSqlStockStore(PostgreSqlDataSource dataSource, TimeProvider time)
    : SqlStockStore(new Database(dataSource), StockQueryStatements.All, time)
{
    public override async Task<IStockSession> OpenAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        new PostgreSqlStockSession(await dataSource.TakeAsync(cancellationToken).ConfigureAwait(false), accountId, dataSource);
}
