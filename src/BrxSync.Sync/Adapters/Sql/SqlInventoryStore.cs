using System.Runtime.CompilerServices;
using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Reads <c>user_inventory_items</c> and <c>stock_journal</c>.</summary>
internal sealed class SqlInventoryStore(Database database, InventoryStatements sql) : IInventoryStore
{
    public async IAsyncEnumerable<InventoryItem> StreamAsync(
        AccountId accountId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var rows = database.StreamAsync<ItemRow>(sql.Stream, new { account = accountId.ToString() }, cancellationToken);
        await foreach (var row in rows.ConfigureAwait(false))
        {
            yield return row.ToItem();
        }
    }

    public async Task<InventorySummary> SummarizeAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        (await database.FindAsync<InventorySummary>(
            sql.Summarize, new { account = accountId.ToString() }, cancellationToken).ConfigureAwait(false))!;

    public async Task<InventoryItem?> FindByExternalIdAsync(
        AccountId accountId, string externalStockId, CancellationToken cancellationToken = default)
    {
        var row = await database.FindAsync<ItemRow>(
            sql.FindByExternalId, new { account = accountId.ToString(), externalStockId }, cancellationToken).ConfigureAwait(false);
        return row?.ToItem();
    }

    public async IAsyncEnumerable<JournalEntry> StreamJournalAsync(
        AccountId accountId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var rows = database.StreamAsync<JournalRow>(sql.StreamJournal, new { account = accountId.ToString() }, cancellationToken);
        await foreach (var row in rows.ConfigureAwait(false))
        {
            yield return row.ToEntry();
        }
    }
}
