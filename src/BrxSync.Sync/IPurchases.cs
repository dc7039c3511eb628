namespace BrxSync.Sync;

/// <summary>
/// Sells through a channel that asks first, such as the seller's own shop: the copies are taken here, looked for at CardTrader, taken
/// there, and only then sold. Neither side sells more than there is.
/// </summary>
/// <remarks>For a sale that has already happened elsewhere, use <see cref="IChanges.SellAsync"/>.</remarks>
public interface IPurchases
{
    /// <summary>Buys copies of an item. Expect one read of the product and one call that takes the copies.</summary>
    /// <param name="accountId">The account that sells.</param>
    /// <param name="itemId">The item.</param>
    /// <param name="copies">How many copies. At least 1.</param>
    /// <param name="reference">
    /// The caller's own name for the purchase: a second call with it is the same purchase and tells what became of it. Where nothing was
    /// reserved the first time, it is tried anew. 1 to 200 characters.
    /// </param>
    /// <param name="context">Who asks for it; its reference is not used.</param>
    /// <param name="cancellationToken">Gives the purchase up as long as nothing was sent: the copies are given back.</param>
    /// <returns>What became of it.</returns>
    /// <exception cref="ChangeRefusedException">
    /// There is no such item, the number of copies cannot be, or the reference is that of something else. Nothing was written.
    /// </exception>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    /// <exception cref="AccountNotConnectedException">The account has no token.</exception>
    /// <exception cref="AccountSuspendedException">The account is suspended.</exception>
    /// <exception cref="AccountStoppedException">CardTrader refused the token.</exception>
    Task<PurchaseResult> PurchaseAsync(
        AccountId accountId,
        long itemId,
        int copies,
        string reference,
        ChangeContext? context = null,
        CancellationToken cancellationToken = default);
}
