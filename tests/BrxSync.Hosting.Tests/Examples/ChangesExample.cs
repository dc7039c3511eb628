using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The examples of the guide to changes.</summary>
internal static class ChangesExample
{
    public static async Task<StockChange?> EditAsync(IServiceProvider services, AccountId accountId, long itemId)
    {
        // example: edit
        var changes = services.GetRequiredService<IChanges>();

        // A price, and two copies that were counted too many. Both go out; the price with the next batch.
        var edited = await changes.EditAsync(accountId, new ItemEdit { ItemId = itemId, PriceCents = 1_250, QuantityDelta = -2 });

        // A sale in another shop. Its own number makes a second call the same sale.
        var sold = await changes.SellAsync(accountId, itemId, copies: 1, reference: "shop-order-1007");

        // What became of it.
        var change = await changes.FindAsync(accountId, sold.Changes[0]);
        // end
        _ = edited;
        return change;
    }
}
