using System.Globalization;
using BrxSync.Simulator;
using BrxSync.Simulator.Orders;

namespace BrxSync.Store.Compliance.Histories;

/// <summary>
/// What must never make a shop wrong, told through processes of their own in real time: clocks that are set, orders that are undecided,
/// news the wrong way round, two processes at once.
/// </summary>
public abstract class ProcessStorySuite : MarketplaceSuite
{
    private readonly ProcessTransport _transport;
    private SyncProcess _receiving = null!;

    protected ProcessStorySuite() => _transport = new ProcessTransport(() => _receiving);

    protected override int Products => 40;

    /// <summary>What a process is given to find the store.</summary>
    protected abstract string StoreArgument { get; }

    protected override void Configure(CardTraderSimulatorOptions options)
    {
        options.Webhooks.Hold = true;
        options.WebhookTransport = _transport;
        options.Sellers[0].WebhookUrl = new Uri($"http://host/webhooks/{Account}");
    }

    [Fact]
    public async Task Shop_KeptByTwoProcessesThroughSteppingClocksAndUndecidedOrders_IsRight()
    {
        await using var first = SyncProcess.StartHost(StoreArgument, Marketplace.BaseAddress, Account);
        await using var second = SyncProcess.StartHost(StoreArgument, Marketplace.BaseAddress, Account);
        _receiving = first;
        var products = Seller.GetStock().Select(level => level.ProductId).ToArray();
        foreach (var product in products)
        {
            Seller.SetQuantity(product, 5);
        }

        (await first.DoAsync("sync")).ShouldBe("Completed");

        // Our clocks are set, by hours and by seconds, between two requests; sales after the next sync are taken off.
        (await first.DoAsync("clock 10800")).ShouldBe("set");
        (await second.DoAsync("clock -30")).ShouldBe("set");
        (await first.DoAsync("sync")).ShouldBe("Completed");
        (await second.DoAsync("sync")).ShouldBe("Completed");
        Marketplace.Orders.Place(Seller, products[0], 2);
        Marketplace.Orders.Place(Seller, products[1], 1, OrderKind.Zero);
        await Marketplace.Webhooks.FlushAsync();
        (await HeldAsync(products[0]), await HeldAsync(products[1])).ShouldBe((3, 4));

        // Orders whose first news were lost, and one whose item is taken out and put on sale again while nothing is decided.
        foreach (var (product, state) in products.Skip(2).Zip((string[])["request_for_cancel", "lost", "under_review", "pending"]))
        {
            var undecided = Marketplace.Orders.Place(Seller, product, 2)!;
            Marketplace.Webhooks.Drop();
            Marketplace.Orders.SetState(undecided, state);
            await Marketplace.Webhooks.FlushAsync();
        }

        var changed = Marketplace.Orders.Place(Seller, [new OrderLine(products[6], 2), new OrderLine(products[7], 1)])!;
        await Marketplace.Webhooks.FlushAsync();
        Marketplace.Orders.SetState(changed, "request_for_cancel");
        await Marketplace.Webhooks.FlushAsync();
        Marketplace.Orders.DeleteItem(changed, changed.Items[0].Id, relist: true);

        // A cancellation that overtakes its payment: the smaller number stands.
        var cancelled = Marketplace.Orders.Place(Seller, products[8], 2)!;
        var payment = Marketplace.Webhooks.Queued()[^1];
        Marketplace.Orders.Cancel(cancelled, relist: false);
        await Marketplace.Webhooks.FlushAsync();
        Marketplace.Webhooks.Repeat(payment, newId: true);
        await Marketplace.Webhooks.FlushAsync();
        (await HeldAsync(products[8])).ShouldBe(3);
        (await second.DoAsync("settle")).ShouldBe("settled");
        await ShouldEqualMarketplaceAsync();

        // The marketplace's clock is set back by hours; one process hears of it by a poll, the other by the deliveries alone.
        Marketplace.Clock.Skew = TimeSpan.FromHours(-3);
        (await second.DoAsync("poll")).ShouldBe("polled");
        (await second.DoAsync("poll")).ShouldBe("polled");
        _receiving = second;
        Marketplace.Orders.Place(Seller, products[0], 1);
        Marketplace.Orders.Place(Seller, products[9], 2);
        await Marketplace.Webhooks.FlushAsync();
        (await second.DoAsync("settle")).ShouldBe("settled");
        (await first.DoAsync("settle")).ShouldBe("settled");
        await ShouldEqualMarketplaceAsync();

        // A process that begins now knows nothing of any clock.
        await using var restarted = SyncProcess.StartHost(StoreArgument, Marketplace.BaseAddress, Account);
        (await restarted.DoAsync("clock -7200")).ShouldBe("set");
        _receiving = restarted;
        Marketplace.Orders.Place(Seller, products[10], 2);
        await Marketplace.Webhooks.FlushAsync();
        (await restarted.DoAsync("settle")).ShouldBe("settled");
        (await restarted.DoAsync("sync")).ShouldBe("Completed");
        (await first.DoAsync("settle")).ShouldBe("settled");
        await ShouldEqualMarketplaceAsync();
        _transport.Failures.ShouldBeEmpty();
        var replayed = await ReplayAsync(Account);
        (await ItemsAsync(Account)).ShouldAllBe(item => replayed.GetValueOrDefault(item.Key) == item.Value.Quantity);
    }

    private async Task<int> HeldAsync(long product) => (await ItemsAsync(Account))[product.ToString(CultureInfo.InvariantCulture)].Quantity;
}
