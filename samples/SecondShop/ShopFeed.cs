using BrxSync.Sync;

namespace SecondShop;

// example: handler
/// <summary>Brings every change of the stock to the shop.</summary>
internal sealed class ShopFeed(Shop shop) : IStockFeedHandler
{
    public Task HandleAsync(StockFeedBatch batch, CancellationToken cancellationToken)
    {
        shop.Take(batch.Entries);
        return Task.CompletedTask;
    }
}
// end
