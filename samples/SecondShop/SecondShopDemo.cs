using System.Globalization;
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

    public static async Task<int> RunAsync(TextWriter output, int sales, int seed, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("brxsync-second-shop-");
        try
        {
            return await RunAsync(output, Path.Combine(folder.FullName, "stock.db"), sales, seed, cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<int> RunAsync(
        TextWriter output, string database, int sales, int seed, CancellationToken cancellationToken)
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
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"The shop offers {shop.Offers().Values.Sum()} copies, as CardTrader does. Selling on both sides..."));

        var (there, here, refunded) = await SellAsync();
        await UntilSameAsync(cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Sold at CardTrader: {there}. Sold in the shop: {here}. Refunded, since the copy was sold elsewhere a moment before: {refunded}."));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Both offer the same again: {shop.Offers().Values.Sum()} copies."));
        await host.StopAsync(CancellationToken.None);
        return 0;

        async Task<(int There, int Here, int Refunded)> SellAsync()
        {
            var random = new Random(seed);
            var products = shop.Offers().Keys.OrderBy(product => product.Value).ToArray();
            var bookings = new List<Task<bool>>();
            var atCardTrader = 0;
            for (var sale = 0; sale < sales; sale++)
            {
                var product = products[random.Next(products.Length)];
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
            while (!IsSame())
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
