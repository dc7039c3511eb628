using BrxSync.Client;

namespace BrxSync.Sync;

/// <summary>Reads the local stock, as it is and how it became so.</summary>
public interface IStock
{
    /// <summary>Streams an account's rows in view, in the order of their ids; rows out of view are left out.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The rows, read as they are consumed.</returns>
    IAsyncEnumerable<InventoryItem> StreamAsync(AccountId accountId, CancellationToken cancellationToken = default);

    /// <summary>Counts an account's rows in view and their units.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The sums.</returns>
    Task<InventorySummary> SummarizeAsync(AccountId accountId, CancellationToken cancellationToken = default);

    /// <summary>Finds the row linked to a CardTrader product, in view or not.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="productId">The product.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The row, or null when no row is linked to it.</returns>
    Task<InventoryItem?> FindAsync(AccountId accountId, ProductId productId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Streams the journal of an account in the order of its positions, oldest first. Entries become visible in that order, so a
    /// reader that goes on after the last position it saw misses none.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="afterPosition">The position after which to begin; 0 for the beginning.</param>
    /// <param name="productId">The product whose entries to give; null for those of all.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The entries, read as they are consumed.</returns>
    IAsyncEnumerable<JournalEntry> StreamJournalAsync(
        AccountId accountId, long afterPosition = 0, ProductId? productId = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the newest entries of an account's journal, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="productId">The product whose entries to give; null for those of all.</param>
    /// <param name="limit">How many entries to give at most.</param>
    /// <param name="beforePosition">Gives only entries before this position, for the next page; null for the newest.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The entries.</returns>
    Task<IReadOnlyList<JournalEntry>> ListJournalAsync(
        AccountId accountId,
        ProductId? productId = null,
        int limit = 100,
        long? beforePosition = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets the position of the last entry of an account's journal.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The position; 0 when there is no entry.</returns>
    Task<long> GetJournalPositionAsync(AccountId accountId, CancellationToken cancellationToken = default);
}
