using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Tests.Webhooks;
using BrxSync.Simulator.Webhooks;
using BrxSync.Testing;

namespace BrxSync.Simulator.Tests.Hosting;

/// <summary>The example of the README, kept running.</summary>
public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task Example_InATest_DoesWhatItSays()
    {
        var time = new ManualTimeProvider();
        using var server = new WebhookReceiver();
        // example: test
        await using var marketplace = await CardTraderSimulatorHost.StartAsync(new CardTraderSimulatorOptions
        {
            TimeProvider = time,                                // your manual clock: jobs, webhooks and limits follow it
            Sellers = { new SellerOptions { Name = "demo", Products = 500, WebhookUrl = new Uri("http://localhost/webhooks/demo") } },
            WebhookTransport = server,                          // an in-memory server's handler; leave it out to use the network
        });
        var demo = marketplace.Seller("demo");
        // Here your application synchronizes with marketplace.BaseAddress and demo.Token.

        var product = demo.GetStock().First(level => level.Quantity > 2);
        var order = marketplace.Orders.Place(demo, product.ProductId, quantity: 2, OrderKind.Zero)!;    // stock falls, a webhook goes out
        demo.SetQuantity(demo.GetStock()[^1].ProductId, 7);                                             // an edit on the website: nobody is told
        var weekly = marketplace.Orders.MergeWeekly(demo)!;
        marketplace.Orders.Cancel(weekly, relist: true);
        await marketplace.Webhooks.FlushAsync();                                                        // all sent and answered

        var truth = demo.GetStock();                                                                    // compare with your own stock
        marketplace.CheckInvariants().ShouldBeEmpty();
        // end

        order.State.ShouldBe(OrderStates.Closed);
        server.Received.Count.ShouldBe(4);
        marketplace.Webhooks.All().ShouldAllBe(delivery => delivery.State == WebhookState.Delivered);
        truth[^1].Quantity.ShouldBe(7);
    }
}
