using BrxSync.Client;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Reads <c>user_inventory_items</c> and <c>stock_journal</c>.</summary>
/// <param name="database">Where one row and the position are read, which who has just changed them asks for.</param>
/// <param name="sql">What the dialect says.</param>
/// <param name="replicas">Where lists and sums are read, which may be a little old; null for the same.</param>
internal sealed class SqlStock(Database database, InventoryStatements sql, Database? replicas = null) : IStock
{
    private readonly Database _replicas = replicas ?? database;

    public IAsyncEnumerable<InventoryItem> StreamAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        _replicas.StreamAsync(sql.Stream, Parameters.Of(accountId), ItemRow.Read, cancellationToken);

    public async Task<InventorySummary> SummarizeAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        (await _replicas.FindAsync(
            sql.Summarize,
            Parameters.Of(accountId),
            static row => new InventorySummary(row.Number("Rows"), row.Number("InStock"), row.Number("Units")),
            cancellationToken).ConfigureAwait(false))!;

    public Task<InventoryItem?> FindAsync(AccountId accountId, ProductId productId, CancellationToken cancellationToken = default) =>
        database.FindAsync(
            sql.FindByExternalId, Parameters.Of(accountId).Text("externalStockId", productId.ToString()), ItemRow.Read, cancellationToken);

    public IAsyncEnumerable<JournalEntry> StreamJournalAsync(
        AccountId accountId, long afterPosition = 0, ProductId? productId = null, CancellationToken cancellationToken = default) =>
        _replicas.StreamAsync(
            productId is null ? sql.StreamJournal : sql.StreamItemJournal,
            Entries(accountId, productId).Number("after", afterPosition),
            JournalRow.Read,
            cancellationToken);

    public async Task<IReadOnlyList<JournalEntry>> ListJournalAsync(
        AccountId accountId,
        ProductId? productId = null,
        int limit = 100,
        long? beforePosition = null,
        CancellationToken cancellationToken = default) =>
        await _replicas.ListAsync(
            productId is null ? sql.ListJournal : sql.ListItemJournal,
            Entries(accountId, productId).Number("before", beforePosition ?? long.MaxValue).Integer("limit", Math.Max(limit, 0)),
            JournalRow.Read,
            cancellationToken).ConfigureAwait(false);

    public async Task<long> GetJournalPositionAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        (await database.ListAsync(
            sql.GetJournalPosition, Parameters.Of(accountId), static row => row.Number("Position"), cancellationToken)
            .ConfigureAwait(false)).SingleOrDefault();

    private static Parameters Entries(AccountId accountId, ProductId? productId) => productId is { } product
        ? Parameters.Of(accountId).Text("externalStockId", product.ToString())
        : Parameters.Of(accountId);
}
