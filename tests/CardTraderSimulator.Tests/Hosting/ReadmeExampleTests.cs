using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Tests.Webhooks;
using BrxSync.Simulator.Webhooks;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Simulator.Tests.Hosting;

/// <summary>The example of the README, kept running.</summary>
public sealed class ReadmeExampleTests
{
    [Fact]
    public async Task Example_InFiveLines_DoesWhatItSays()
    {
        // example: five-lines
        await using var marketplace = await CardTraderSimulatorHost.StartAsync();                       // one seller, 1,000 products
        using var http = new HttpClient { BaseAddress = marketplace.BaseAddress };                      // your application
        http.DefaultRequestHeaders.Authorization = new("Bearer", marketplace.Seller().Token);
        marketplace.Orders.Place(marketplace.Seller(), marketplace.Seller().GetStock()[0].ProductId);   // a buyer
        Assert.Contains("\"state\":\"paid\"", await http.GetStringAsync("orders"));
        // end
    }

    [Fact]
    public async Task Example_InATest_DoesWhatItSays()
    {
        var time = new FakeTimeProvider();
        using var server = new WebhookReceiver();
        // example: test
        await using var marketplace = await CardTraderSimulatorHost.StartAsync(new CardTraderSimulatorOptions
        {
            TimeProvider = time,                                // a FakeTimeProvider: jobs, webhooks and limits follow it
            Sellers = { new SellerOptions { Name = "demo", Products = 500, WebhookUrl = new Uri("http://localhost/webhooks/demo") } },
            WebhookTransport = server,                          // an in-memory server's handler; leave it out to use the network
        });
        var demo = marketplace.Seller("demo");
        // Here your application synchronizes with marketplace.BaseAddress and demo.Token.

        var product = demo.GetStock().First(level => level.Quantity > 2);
        var order = marketplace.Orders.Place(demo, product.ProductId, quantity: 2, OrderKind.Zero)!; // stock falls, a webhook goes out
        demo.SetQuantity(demo.GetStock()[^1].ProductId, 7);                                          // edited on the website: no webhook
        var weekly = marketplace.Orders.MergeWeekly(demo)!;
        marketplace.Orders.Cancel(weekly, relist: true);
        await marketplace.Webhooks.FlushAsync();                                                     // all sent and answered

        var truth = demo.GetStock();                                                                 // compare with your own stock
        marketplace.CheckInvariants().ShouldBeEmpty();
        // end

        order.State.ShouldBe(OrderStates.Closed);
        server.Received.Count.ShouldBe(4);
        marketplace.Webhooks.All().ShouldAllBe(delivery => delivery.State == WebhookState.Delivered);
        truth[^1].Quantity.ShouldBe(7);
    }

    [Fact]
    public async Task Example_WebhooksGoneWrong_IsTaken()
    {
        using var server = new WebhookReceiver();
        await using var marketplace = await CardTraderSimulatorHost.StartAsync(new CardTraderSimulatorOptions
        {
            Sellers = { new SellerOptions { WebhookUrl = new Uri("http://localhost/webhooks/demo") } },
            WebhookTransport = server,
        });
        // example: webhooks
        var webhooks = marketplace.Webhooks.Behavior;
        webhooks.Duplicates = 0.3;                        // the same id again
        webhooks.DuplicatesWithNewId = 0.1;               // the same event under a new id
        webhooks.Loss = 0.05;                             // only GET /orders can tell
        webhooks.Delay = TimeSpan.FromHours(2);
        webhooks.Jitter = TimeSpan.FromHours(1);          // they overtake each other
        webhooks.UnknownCauses = 0.1;
        webhooks.Mode = "test";
        webhooks.DestroyData = DestroyData.EmptyText;
        webhooks.Detail = OrderDetail.WithoutItems;       // only GET /orders/:id tells what was sold
        webhooks.Hold = true;                             // then: await marketplace.Webhooks.FlushAsync(shuffleSeed: 7);
        // end

        webhooks.Loss = 0;
        marketplace.Orders.Place(marketplace.Seller(), marketplace.Seller().GetStock()[0].ProductId).ShouldNotBeNull();
        await marketplace.Webhooks.FlushAsync(shuffleSeed: 7);

        server.Received.ShouldNotBeEmpty();
    }
}
