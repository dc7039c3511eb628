using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Store.Compliance.Time;

/// <summary>
/// Clocks that are set: ours, CardTrader's, and that of a host which has not heard of the step. No sale disappears, and nothing waits.
/// </summary>
public abstract class SteppedClockSuite : ShopSuite
{
    private static readonly TimeSpan Hours = TimeSpan.FromHours(3);

    [Theory]
    [InlineData(3 * 3600)]
    [InlineData(30)]
    [InlineData(-30)]
    [InlineData(-3 * 3600)]
    public async Task Sync_OurClockWasSetBetweenTwoRequests_ASaleAfterItIsTakenOff(int seconds)
    {
        var product = ProductWith(5);
        await SyncedAsync();
        Host.Clock.Error = TimeSpan.FromSeconds(seconds);
        await SyncedAsync();

        Marketplace.Orders.Place(Seller, product, 2);
        await SendWebhooksAsync();

        (await HeldAsync(product)).ShouldBe(3);
        (await DueAsync()).ShouldBe(0, "the sale was surely after the read");
        Time.Advance(TimeSpan.FromSeconds(30));
        await SyncedAsync();
        await ShouldEqualMarketplaceAsync();
    }

    [Theory]
    [InlineData(-3 * 3600)]
    [InlineData(-30)]
    [InlineData(-10)]
    [InlineData(30)]
    [InlineData(3 * 3600)]
    public async Task Sale_AfterCardTradersClockWasSet_IsTakenOffOnce(int seconds)
    {
        var product = ProductWith(7);
        await SyncedAsync();
        Marketplace.Orders.Place(Seller, product, 2);
        await SendWebhooksAsync();
        (await HeldAsync(product)).ShouldBe(5);

        Marketplace.Clock.Skew = TimeSpan.FromSeconds(seconds);
        await Host.Polling.RunAsync(Account);
        Marketplace.Orders.Place(Seller, product, 1);
        await SendWebhooksAsync();

        (await HeldAsync(product)).ShouldBeLessThanOrEqualTo(4);
        await SettleAsync();
        (await HeldAsync(product)).ShouldBe(4);
        Time.Advance(TimeSpan.FromMinutes(15));
        await SyncedAsync();
        await SettleAsync();
        await ShouldEqualMarketplaceAsync();
    }

    [Theory]
    [InlineData(-3 * 3600)]
    [InlineData(3 * 3600)]
    public async Task Read_AfterCardTradersClockWasSet_KnownSalesAreNotTakenOffAgain(int seconds)
    {
        var product = ProductWith(7);
        await SyncedAsync();
        Marketplace.Orders.Place(Seller, product, 2);
        await SendWebhooksAsync();
        Marketplace.Clock.Skew = TimeSpan.FromSeconds(seconds);

        for (var round = 0; round < 3; round++)
        {
            Time.Advance(TimeSpan.FromMinutes(1));
            await SyncedAsync();
            await SettleAsync();
        }

        (await HeldAsync(product)).ShouldBe(5);
        (await DueAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Cancellation_AfterCardTradersClockWasSetBack_IsNotOutdated()
    {
        var product = ProductWith(5);
        await SyncedAsync();
        var order = Marketplace.Orders.Place(Seller, product, 2)!;
        await SendWebhooksAsync();
        Marketplace.Clock.Skew = -Hours;
        await Host.Polling.RunAsync(Account);
        await Host.Polling.RunAsync(Account);

        Marketplace.Orders.Cancel(order, relist: true);
        Time.Advance(TimeSpan.FromSeconds(10));
        await Host.Polling.RunAsync(Account);
        await SettleAsync();

        (await HeldAsync(product)).ShouldBe(5);
    }

    [Fact]
    public async Task Restart_WithoutALearnedClockAgainstAMarketplaceHoursBehind_SettlesWhatIsDueAtOnce()
    {
        var product = ProductWith(5);
        await SyncedAsync();
        Marketplace.Clock.Skew = -Hours;
        var restarted = StartHost();
        var order = Marketplace.Orders.Place(Seller, product, 2)!;
        Marketplace.Orders.Cancel(order, relist: true);
        await SendWebhooksAsync(restarted);
        (await DueAsync()).ShouldBeGreaterThan(0);

        await SettleAsync(restarted);

        (await HeldAsync(product)).ShouldBe(5);
        var calls = Marketplace.Calls.All().Count;
        Time.Advance(TimeSpan.FromMinutes(5));
        await restarted.Rereading.RunAsync(Account);
        Marketplace.Calls.All().Count.ShouldBe(calls, "nothing is due, so nothing is asked");
    }

    [Fact]
    public async Task Sale_WhileTwoHostsDisagreeAboutTheTime_IsTakenOffOnce()
    {
        var product = ProductWith(9);
        await SyncedAsync();
        var other = StartHost();
        other.Clock.Error = -Hours;
        await other.Polling.RunAsync(Account);
        Marketplace.Clock.Skew = -Hours;
        await Host.Polling.RunAsync(Account);
        await Host.Polling.RunAsync(Account);
        await Host.Polling.RunAsync(Account);

        Time.Advance(TimeSpan.FromSeconds(10));
        Marketplace.Orders.Place(Seller, product, 2);
        await SendWebhooksAsync(Host);
        Marketplace.Orders.Place(Seller, product, 1);
        await SendWebhooksAsync(other);

        await SettleAsync(other);
        await SettleAsync(Host);
        (await HeldAsync(product)).ShouldBeLessThanOrEqualTo(6);
        await SyncedAsync();
        await SettleAsync();
        (await HeldAsync(product)).ShouldBe(6);
    }

    /// <summary>
    /// Of two overlapping reads of different hosts the earlier-begun one says less: that stands, and a third read decides.
    /// </summary>
    [Fact]
    public async Task Reread_OverlapsOneOfAnotherHostThatSaysMore_TheSmallerStandsUntilAThirdDecides()
    {
        var product = ProductWith(3);
        await SyncedAsync();
        var other = StartHost();
        await other.Polling.RunAsync(Account);
        await AskForAReadAsync(product);
        Time.Advance(TimeSpan.FromSeconds(5));
        Interleaving.AfterRead = async () =>
        {
            // The first host has its answer, 3 copies, and is slow to apply it; meanwhile the seller puts two more on
            // sale, and another host reads.
            Interleaving.Clear();
            Seller.SetQuantity(product, 5);
            (await other.Rereading.RunAsync(Account)).Blueprints.ShouldBe(1);
            (await HeldAsync(product)).ShouldBe(5);
        };

        await Host.Rereading.RunAsync(Account);

        (await HeldAsync(product)).ShouldBe(3);
        (await DueAsync()).ShouldBe(1);
        await SettleAsync();
        (await HeldAsync(product)).ShouldBe(5);
    }

    private async Task SyncedAsync()
    {
        var result = await Host.FullSync.RunAsync(new SyncRequest { AccountId = Account });
        result.Status.ShouldBe(OperationStatus.Completed, result.Error);
        Time.Advance(TimeSpan.FromSeconds(30));
    }

    private async Task AskForAReadAsync(long product)
    {
        await using var session = await Store.Stock.OpenAsync(Account);
        await session.LoadAsync(new StockScope());
        await session.SaveAsync(new StockWrites { Rereads = [new RereadRequest(new Client.ProductId(product), null, Time.GetUtcNow())] });
    }
}
