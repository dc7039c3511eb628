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

    /// <summary>Streams the journal of an account, oldest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The entries, read as they are consumed.</returns>
    IAsyncEnumerable<JournalEntry> StreamJournalAsync(AccountId accountId, CancellationToken cancellationToken = default);
}
