using BrxSync.Testing;
using CardTraderSimulator.Orders;
using CardTraderSimulator.Tests.Webhooks;
using CardTraderSimulator.Webhooks;

namespace CardTraderSimulator.Tests.Hosting;

/// <summary>The example of the README, kept running.</summary>
public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task Example_InATest_DoesWhatItSays()
    {
        var time = new ManualTimeProvider();
        using var server = new WebhookReceiver();
        await using var marketplace = await CardTraderSimulatorHost.StartAsync(new CardTraderSimulatorOptions
        {
            TimeProvider = time,
            Sellers = { new SellerOptions { Name = "demo", Products = 500, WebhookUrl = new Uri("http://localhost/webhooks/demo") } },
            WebhookTransport = server,
        });
        var demo = marketplace.Seller("demo");
        var (productId, otherProduct) = (demo.GetStock().First(level => level.Quantity > 2).ProductId, demo.GetStock()[^1].ProductId);

        var order = marketplace.Orders.Place(demo, productId, quantity: 2, OrderKind.Zero)!;
        demo.SetQuantity(otherProduct, 7);
        marketplace.Orders.MergeWeekly(demo);
        marketplace.Orders.Cancel(marketplace.Orders.All(demo)[^1], relist: true);
        await marketplace.Webhooks.FlushAsync();

        order.State.ShouldBe(OrderStates.Closed);
        server.Received.Count.ShouldBe(4);
        marketplace.Webhooks.All().ShouldAllBe(delivery => delivery.State == WebhookState.Delivered);
        demo.FindProduct(otherProduct)!.Quantity.ShouldBe(7);
        marketplace.CheckInvariants().ShouldBeEmpty();
    }
}
