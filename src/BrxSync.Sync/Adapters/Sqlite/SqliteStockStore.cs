using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sqlite.Statements;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Opens steps on the stock in SQLite.</summary>
internal sealed class SqliteStockStore(SqliteDataSource dataSource, TimeProvider time)
    : SqlStockStore(new SqliteDatabase(dataSource), StockQueryStatements.All, time, new SqliteDatabase(dataSource, KeepWithin))
{
    /// <summary>
    /// How long keeping a delivery waits for its turn. It has waited to be applied before, and its sender waits for an answer: when nothing
    /// can be written it is told soon, and sends it again.
    /// </summary>
    private static readonly TimeSpan KeepWithin = TimeSpan.FromSeconds(0.5);

    private readonly TimeProvider _time = time;

    public override Task<IStockSession> OpenAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        Task.FromResult<IStockSession>(new SqliteStockSession(dataSource.Writers, accountId, outer: null, _time));
}
