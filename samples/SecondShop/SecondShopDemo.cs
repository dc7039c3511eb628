using BrxSync.Client;
using BrxSync.Simulator;
using BrxSync.Sync;
using BrxSync.Sync.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace SecondShop;

/// <summary>Sells the same stock at CardTrader and in a second shop, at the same time, and compares both at the end.</summary>
internal static class SecondShopDemo
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<SaleFigures> RunAsync(int sales, int seed, TimeSpan pause, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("brxsync-second-shop-");
        try
        {
            return await RunAsync(Path.Combine(folder.FullName, "stock.db"), sales, seed, pause, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<SaleFigures> RunAsync(
        string database, int sales, int seed, TimeSpan pause, CancellationToken cancellationToken)
    {
        var account = AccountId.Create();
        IHost? started = null;
        await using var marketplace = await CardTraderSimulatorHost.StartAsync(
            new CardTraderSimulatorOptions
            {
                Sellers = { new SellerOptions { Products = 20, WebhookUrl = new Uri($"http://host/webhooks/{account}") } },
                WebhookTransport = new InProcessWebhooks(account, () => started!.Services.GetRequiredService<IWebhooks>()),
            },
            cancellationToken);
        var seller = marketplace.Sellers.Single();

        using var host = started = Build(database, marketplace.BaseAddress);
        await host.StartAsync(cancellationToken);
        var shop = host.Services.GetRequiredService<Shop>();
        await host.Services.GetRequiredService<IAccounts>().ConnectAsync(account, seller.Token, cancellationToken: cancellationToken);
        await host.Services.GetRequiredService<IFullSync>().RunAsync(new SyncRequest { AccountId = account }, null, cancellationToken);
        await UntilSameAsync(cancellationToken);
        var before = shop.Offers().Values.Sum();

        var (there, here, refunded) = await SellAsync();
        await UntilSameAsync(cancellationToken);
        var soldTwice = await CountSoldTwiceAsync(host.Services, account, cancellationToken);
        await host.StopAsync(CancellationToken.None);
        return new SaleFigures(before, there, here, refunded, soldTwice, shop.Offers().Values.Sum());

        async Task<(int There, int Here, int Refunded)> SellAsync()
        {
            var random = new Random(seed);
            var products = shop.Offers().Keys.OrderBy(product => product.Value).ToArray();
            var bookings = new List<Task<bool>>();
            var atCardTrader = 0;
            for (var sale = 0; sale < sales; sale++)
            {
                var product = products[random.Next(products.Length)];
                if (pause > TimeSpan.Zero)
                {
                    await Task.Delay(pause, cancellationToken);
                }

                if (random.Next(2) == 0 && seller.FindProduct(product.Value) is { Quantity: > 0 })
                {
                    marketplace.Orders.Place(seller, product.Value);
                    atCardTrader++;
                }
                else if (shop.TrySell(product) is { } order)
                {
                    bookings.Add(host.Services.GetRequiredService<ShopOrders>().BookAsync(account, order, cancellationToken));
                }
            }

            var booked = await Task.WhenAll(bookings);
            return (atCardTrader, booked.Count(success => success), booked.Count(success => !success));
        }

        async Task UntilSameAsync(CancellationToken cancellation)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            using var moments = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (!IsSame() || await IsOnItsWayAsync(host.Services, account, patience.Token))
            {
                await moments.WaitForNextTickAsync(patience.Token);
            }
        }

        bool IsSame()
        {
            var offers = shop.Offers();
            var stock = seller.GetStock().Where(level => level.Quantity > 0).ToArray();
            return offers.Count == stock.Length
                && stock.All(level => offers.GetValueOrDefault(new ProductId(level.ProductId)) == level.Quantity);
        }
    }

    private static async Task<bool> IsOnItsWayAsync(IServiceProvider services, AccountId account, CancellationToken cancellationToken) =>
        (await ListSalesAsync(services, account, cancellationToken))
            .Any(sale => sale.Status is StockChangeStatus.Waiting or StockChangeStatus.Sent or StockChangeStatus.InDoubt);

    /// <summary>CardTrader refuses a sale of the shop when it has sold the copy itself: such a change has failed.</summary>
    private static async Task<int> CountSoldTwiceAsync(IServiceProvider services, AccountId account, CancellationToken cancellationToken) =>
        (await ListSalesAsync(services, account, cancellationToken))
            .Where(sale => sale.Status == StockChangeStatus.Failed).Sum(sale => -sale.QuantityDelta);

    private static Task<IReadOnlyList<StockChange>> ListSalesAsync(
        IServiceProvider services, AccountId account, CancellationToken cancellationToken) =>
        services.GetRequiredService<IChanges>().ListAsync(account, new ChangeQuery { Limit = 200 }, cancellationToken);

    private static IHost Build(string database, Uri marketplace)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);

        // example: register
        builder.Services.AddSingleton<Shop>().AddSingleton<ShopOrders>();
        builder.AddBrxSync(sync => sync
            .UseSqlite(database)
            .UseEncryptionKeys(EncryptionKey.Generate())
            .ConfigureCardTrader(options => options.BaseAddress = marketplace)
            .AddStockFeed<ShopFeed>("second-shop", options => options.BatchSize = 100));
        // end
        return builder.Build();
    }
}

/// <summary>What was sold, in copies.</summary>
/// <param name="Before">What both offered before.</param>
/// <param name="AtCardTrader">Sold at CardTrader.</param>
/// <param name="InTheShop">Sold in the shop.</param>
/// <param name="Refunded">Bought in the shop, which took the sale back as it was booked.</param>
/// <param name="SoldTwice">Sold on both sides before either heard of the other.</param>
/// <param name="After">What both offer at the end.</param>
internal sealed record SaleFigures(int Before, int AtCardTrader, int InTheShop, int Refunded, int SoldTwice, int After);
