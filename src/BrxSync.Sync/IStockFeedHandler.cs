namespace BrxSync.Sync;

/// <summary>
/// Takes the changes of the stock to somewhere else: another shop, a search index, an ERP. Registered with
/// <c>AddStockFeed</c>; each batch gets a handler from a scope of its own.
/// </summary>
public interface IStockFeedHandler
{
    /// <summary>
    /// Takes one batch. When it returns, the batch is done with for good; when it throws, the same entries come again. After a crash
    /// entries may come twice, so whatever it does has to be harmless the second time.
    /// </summary>
    /// <param name="batch">Entries of one account, in the order of their positions.</param>
    /// <param name="cancellationToken">Cancelled when the host stops or the time for a batch is over: throw then, and soon.</param>
    /// <returns>A task that ends when the entries have had their effect.</returns>
    Task HandleAsync(StockFeedBatch batch, CancellationToken cancellationToken);
}
