using BrxSync.Client;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Reads <c>user_inventory_items</c> and <c>stock_journal</c>.</summary>
internal sealed class SqlStock(Database database, InventoryStatements sql) : IStock
{
    public IAsyncEnumerable<InventoryItem> StreamAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        database.StreamAsync(sql.Stream, Parameters.Of(accountId), ItemRow.Read, cancellationToken);

    public async Task<InventorySummary> SummarizeAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        (await database.FindAsync(
            sql.Summarize,
            Parameters.Of(accountId),
            static row => new InventorySummary(row.Number("Rows"), row.Number("InStock"), row.Number("Units")),
            cancellationToken).ConfigureAwait(false))!;

    public Task<InventoryItem?> FindAsync(AccountId accountId, ProductId productId, CancellationToken cancellationToken = default) =>
        database.FindAsync(
            sql.FindByExternalId, Parameters.Of(accountId).Text("externalStockId", productId.ToString()), ItemRow.Read, cancellationToken);

    public IAsyncEnumerable<JournalEntry> StreamJournalAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        database.StreamAsync(sql.StreamJournal, Parameters.Of(accountId), JournalRow.Read, cancellationToken);
}
