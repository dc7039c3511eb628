using BrxSync.Store.Compliance.Changes;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Purchases;

/// <summary>Many buyers at once, here by two processes and at the marketplace: what was there is sold once.</summary>
public abstract class PurchaseRaceSuite : ChangeSuite
{
    private const int Items = 50;
    private const int Purchases = 200;
    private const int Orders = 100;

    protected override int Products => Items;

    protected PurchaseRaceSuite() =>
        Also = brx => brx.ConfigurePurchases(options => options.ReadAgainAfter = TimeSpan.FromMilliseconds(100));

    [Fact]
    public async Task PurchaseAsync_ManyBuyersOnBothSides_SellWhatIsThereOnce()
    {
        var random = new Random(7);
        var products = Seller.GetStock().Select(level => level.ProductId).ToArray();
        var stock = products.ToDictionary(product => product, _ => random.Next(1, 6));
        foreach (var (product, copies) in stock)
        {
            Seller.SetQuantity(product, copies);
        }

        await SyncAsync();
        Time.Advance(TimeSpan.FromSeconds(30));
        var items = (await ItemsAsync(Account)).Values.ToDictionary(item => item.ProductId!.Value.Value, item => item.Id);
        IPurchases[] hosts = [Host.Services.GetRequiredService<IPurchases>(), StartHost().Services.GetRequiredService<IPurchases>()];

        var wanted = Enumerable.Range(0, Purchases).Select(index => (Index: index, Product: products[random.Next(Items)])).ToArray();
        var ordered = Enumerable.Range(0, Orders).Select(_ => products[random.Next(Items)]).ToArray();
        var there = new List<long>();
        var buyers = Task.Run(async () =>
        {
            foreach (var product in ordered)
            {
                if (Marketplace.Orders.Place(Seller, product, 1) is not null)
                {
                    there.Add(product);
                }

                await Task.Yield();
            }
        });
        var purchases = wanted.Select(purchase => Task.Run(() =>
            hosts[purchase.Index % 2].PurchaseAsync(Account, items[purchase.Product], 1, $"cart {purchase.Index}")));
        var results = await DriveAsync(Task.WhenAll(purchases), TimeSpan.FromMilliseconds(200));
        await buyers;
        await SendWebhooksAsync();

        var sold = wanted.Zip(results).Where(pair => pair.Second.Outcome == PurchaseOutcome.Sold)
            .GroupBy(pair => pair.First.Product).ToDictionary(group => group.Key, group => group.Count());
        sold.Values.Sum().ShouldBeGreaterThan(0);
        results.ShouldAllBe(result => result.Outcome != PurchaseOutcome.Pending);
        foreach (var product in products)
        {
            var left = Seller.FindProduct(product)?.Quantity ?? 0;
            (sold.GetValueOrDefault(product) + there.Count(other => other == product) + left)
                .ShouldBe(stock[product], $"product {product}");
        }

        await SettleChangesAsync();
        await SettleAsync();
        (await ItemsAsync(Account)).Values.ShouldAllBe(item => item.Quantity >= 0);
        await ShouldEqualMarketplaceAsync();
    }
}
