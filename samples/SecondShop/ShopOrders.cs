using BrxSync.Sync;

namespace SecondShop;

/// <summary>Books what the shop sells, so that CardTrader stops selling it.</summary>
internal sealed class ShopOrders(Shop shop, IStock stock, IChanges changes)
{
    /// <summary>Books a sale.</summary>
    /// <returns>False when the copy was gone: the buyer gets his money back.</returns>
    public async Task<bool> BookAsync(AccountId account, ShopOrder order, CancellationToken cancellationToken)
    {
        // example: book
        var item = await stock.FindAsync(account, order.Product, cancellationToken);
        try
        {
            // The order's number makes a repeated call the same sale: it is safe to book again after a crash.
            var sold = await changes.SellAsync(
                account, item!.Id, copies: 1, order.Number, new ChangeContext { Actor = "second shop" }, cancellationToken);
            shop.Booked(order, sold.Changes[0]);
            return true;
        }
        catch (ChangeRefusedException)
        {
            // Somebody bought the last copy at CardTrader before the shop knew.
            shop.Cancel(order);
            return false;
        }

        // end
    }
}
