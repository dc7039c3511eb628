using BrxSync.Sync;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The example of docs/guides/safety-stock.md.</summary>
internal static class SafetyStockExample
{
    public static async Task SetAsync(IAccounts accounts, IChanges changes, AccountId accountId, long itemId)
    {
        // example: set
        // Of every item two copies, or a tenth of them, whichever is more.
        await accounts.SetSafetyStockAsync(accountId, new SafetyStock { Copies = 2, Percent = 10 }, actor: "ann");

        // One item has a safety stock of its own. UsesSafetyStockOfAccount = true takes it away again.
        await changes.EditAsync(accountId, new ItemEdit { ItemId = itemId, SafetyStock = new SafetyStock { Copies = 1 } });
        // end
    }
}
