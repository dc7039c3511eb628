using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Hosting.Tests.Examples;

/// <summary>The example of the guide to purchases.</summary>
internal static class PurchaseExample
{
    public static async Task<string> PurchaseAsync(IServiceProvider services, AccountId accountId, long itemId)
    {
        // example: purchase
        var purchases = services.GetRequiredService<IPurchases>();

        // The cart's own number makes a second call the same purchase.
        var result = await purchases.PurchaseAsync(accountId, itemId, copies: 2, reference: "cart-1007");

        var message = result.Outcome switch
        {
            PurchaseOutcome.Sold => $"Sold: {result.QuantityAfter} are left.",
            PurchaseOutcome.NotEnough or PurchaseOutcome.NotEnoughAtCardTrader or PurchaseOutcome.Gone => "Sorry, somebody was quicker.",
            PurchaseOutcome.Unavailable => "Please try again in a moment.",
            PurchaseOutcome.Pending => "Your order is being checked; we will tell you.",
            _ => "Please ask us.",
        };
        // end
        return message;
    }
}
