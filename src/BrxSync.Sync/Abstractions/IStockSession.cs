using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Abstractions;

/// <summary>
/// One step on an account's stock, as one transaction: load the slice that it concerns, apply the rules to it, save the differences.
/// The first load locks the account's row, so that steps of one account come one after the other. Disposing it without saving leaves
/// everything as it was.
/// </summary>
internal interface IStockSession : IAsyncDisposable
{
    /// <summary>Loads a slice of the account's books.</summary>
    /// <param name="scope">What the step concerns.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The slice, and which of the scope's deliveries were applied before.</returns>
    /// <exception cref="AccountUnknownException">The account is not in the store.</exception>
    Task<LoadedBooks> LoadAsync(StockScope scope, CancellationToken cancellationToken = default);

    /// <summary>Adds a row to the inventory that is linked to no product and has no copies yet. Load something first.</summary>
    /// <param name="item">What the row holds; its id and product are given by the store.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The row's id.</returns>
    Task<long> AddItemAsync(ItemDetails item, CancellationToken cancellationToken = default);

    /// <summary>Writes the differences and commits.</summary>
    /// <param name="writes">What to write.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>A task that ends when the transaction is committed.</returns>
    Task SaveAsync(StockWrites writes, CancellationToken cancellationToken = default);
}
