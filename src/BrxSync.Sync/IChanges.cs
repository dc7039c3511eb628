namespace BrxSync.Sync;

/// <summary>
/// Changes the stock here and brings the change to CardTrader. Item, journal and the change that is to be sent are written in one
/// transaction; it is then sent once, whatever fails on the way.
/// </summary>
public interface IChanges
{
    /// <summary>Edits an item.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="edit">What to change.</param>
    /// <param name="context">Who asks for it; null for nobody in particular.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>What it has made of the item, and what to follow. An edit that changes nothing queues nothing.</returns>
    /// <exception cref="ChangeRefusedException">It cannot be made; nothing was written.</exception>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    Task<ChangeReceipt> EditAsync(
        AccountId accountId, ItemEdit edit, ChangeContext? context = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Edits many items: each edit that can be made is made, each other is reported with its place. It is an operation of the kind
    /// <see cref="OperationKinds.BulkEdit"/> (a dry run is none), which <see cref="IOperations"/> shows, and ends between two parts when
    /// it is told to: what is made stays.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="edits">The edits; they are read as the results are.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Cancels between two parts.</param>
    /// <returns>What became of each, in the order of the edits. Whatever is not read is not made.</returns>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    /// <exception cref="SyncInProgressException">The operation is being made already, and has given signs of life.</exception>
    /// <exception cref="SyncFencedException">
    /// Another process went on with the operation, because this one had given no sign of life.
    /// </exception>
    /// <exception cref="OperationCanceledException">The operation was cancelled, here or elsewhere.</exception>
    /// <exception cref="ArgumentException">The operation's id is that of another operation, or a text is too long.</exception>
    IAsyncEnumerable<ItemEditResult> EditManyAsync(
        AccountId accountId, IAsyncEnumerable<ItemEdit> edits, BulkEdit options, CancellationToken cancellationToken = default);

    /// <summary>Books a sale through another channel, which cannot be refused by CardTrader any more: the copies are sold.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="copies">How many copies. At least 1.</param>
    /// <param name="reference">The caller's own name for the sale: a second call with it is the same sale. 1 to 200 characters.</param>
    /// <param name="context">Who asks for it; its reference is not used.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>What it has made of the item, and what to follow.</returns>
    /// <exception cref="ChangeRefusedException">There are not so many copies, or no such item; nothing was written.</exception>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    Task<ChangeReceipt> SellAsync(
        AccountId accountId,
        long itemId,
        int copies,
        string reference,
        ChangeContext? context = null,
        CancellationToken cancellationToken = default);

    /// <summary>Puts a new product on sale.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="item">The product.</param>
    /// <param name="context">Who asks for it; null for nobody in particular.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>The item; it is linked to a product as soon as CardTrader has it.</returns>
    /// <exception cref="ChangeRefusedException">It cannot be made; nothing was written.</exception>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    Task<ChangeReceipt> OfferAsync(
        AccountId accountId, NewItem item, ChangeContext? context = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Takes an item off sale. It leaves the view at once, and comes back should a read of CardTrader hold it all the same.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="expectedVersion">The version that the item must have; null for whatever it has.</param>
    /// <param name="context">Who asks for it; null for nobody in particular.</param>
    /// <param name="cancellationToken">Cancels before anything is written.</param>
    /// <returns>What it has made of the item, and what to follow.</returns>
    /// <exception cref="ChangeRefusedException">
    /// There is no such item in view, or it is of another version; nothing was written.
    /// </exception>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    Task<ChangeReceipt> DeleteAsync(
        AccountId accountId,
        long itemId,
        long? expectedVersion = null,
        ChangeContext? context = null,
        CancellationToken cancellationToken = default);

    /// <summary>Finds a change.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The change, or null when the account has none of this id.</returns>
    Task<StockChange?> FindAsync(AccountId accountId, Guid id, CancellationToken cancellationToken = default);

    /// <summary>Lists changes, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The changes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 200.</exception>
    Task<IReadOnlyList<StockChange>> ListAsync(AccountId accountId, ChangeQuery query, CancellationToken cancellationToken = default);
}
