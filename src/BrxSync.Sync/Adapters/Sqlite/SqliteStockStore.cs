using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Opens steps on the stock in SQLite.</summary>
internal sealed class SqliteStockStore(SqliteDataSource dataSource, TimeProvider time)
    : SqlStockStore(new Database(dataSource), StockQueryStatements.All, time)
{
    private readonly TimeProvider _time = time;

    public override async Task<IStockSession> OpenAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        new SqliteStockSession(await dataSource.OpenSqliteAsync(cancellationToken).ConfigureAwait(false), accountId, outer: null, _time);
}
