using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Webhooks;

namespace BrxSync.Store.Compliance.Orders;

/// <summary>Orders whose state decides nothing, whose items change meanwhile, and whose news come the wrong way round.</summary>
public abstract class UndecidedOrderSuite : ShopSuite
{
    [Theory]
    [InlineData("request_for_cancel", false)]
    [InlineData("lost", false)]
    [InlineData("under_review", false)]
    [InlineData("pending", false)]
    [InlineData("request_for_cancel", true)]
    [InlineData("lost", true)]
    [InlineData("under_review", true)]
    [InlineData("pending", true)]
    public async Task Order_FirstSeenInAStateThatDecidesNothing_ItsProductsAreReadAgain(string state, bool polled)
    {
        var product = ProductWith(5);
        await Host.FullSync.RunAsync(new() { AccountId = Account });
        Time.Advance(TimeSpan.FromSeconds(30));
        var order = Marketplace.Orders.Place(Seller, product, 2)!;
        Marketplace.Webhooks.Drop();
        Marketplace.Orders.SetState(order, state);

        await TellAsync(polled);

        (await DueAsync()).ShouldBe(1);
        await SettleAsync();
        (await HeldAsync(product)).ShouldBe(3);
        await TellAsync(true);
        (await DueAsync()).ShouldBe(0, "the same again is no news");
    }

    [Theory]
    [InlineData("request_for_cancel", OrderDetail.Full, false)]
    [InlineData("request_for_cancel", OrderDetail.WithoutItems, false)]
    [InlineData("request_for_cancel", OrderDetail.Full, true)]
    [InlineData("pending", OrderDetail.Full, false)]
    [InlineData("pending", OrderDetail.WithoutItems, false)]
    [InlineData("pending", OrderDetail.Full, true)]
    [InlineData("lost", OrderDetail.WithoutLastItem, false)]
    public async Task Item_TakenOutAndRelistedInSuchAState_IsReadAgain(string state, OrderDetail detail, bool polled)
    {
        var (first, second) = (ProductWith(5), Seller.GetStock()[1].ProductId);
        Seller.SetQuantity(second, 4);
        await Host.FullSync.RunAsync(new() { AccountId = Account });
        Time.Advance(TimeSpan.FromSeconds(30));
        var order = Marketplace.Orders.Place(Seller, [new OrderLine(first, 2), new OrderLine(second, 1)])!;
        await TellAsync(false);
        Marketplace.Orders.SetState(order, state);
        await TellAsync(false);
        await SettleAsync();
        await ShouldEqualMarketplaceAsync();
        Time.Advance(TimeSpan.FromMinutes(1));

        Marketplace.Webhooks.Behavior.Detail = detail;
        Marketplace.Orders.DeleteItem(order, order.Items.Single(item => item.Product.Id == first).Id, relist: true);
        await TellAsync(polled);

        (await DueAsync()).ShouldBeGreaterThan(0);
        await SettleAsync();
        (await HeldAsync(first)).ShouldBe(5);
        await ShouldEqualMarketplaceAsync();
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 90)]
    [InlineData(true, 90)]
    public async Task CancelBeforePayment_TheSmallerNumberStandsUntilTheRead(bool relist, int seconds)
    {
        var product = ProductWith(5);
        await Host.FullSync.RunAsync(new() { AccountId = Account });
        Time.Advance(TimeSpan.FromSeconds(30));
        var order = Marketplace.Orders.Place(Seller, product, 2)!;
        var payment = Marketplace.Webhooks.Queued().ShouldHaveSingleItem();
        Marketplace.Webhooks.Drop();
        Time.Advance(TimeSpan.FromSeconds(seconds));
        Marketplace.Orders.Cancel(order, relist);

        await SendWebhooksAsync();
        Marketplace.Webhooks.Repeat(payment);
        await SendWebhooksAsync();

        (await HeldAsync(product)).ShouldBe(3);
        (await DueAsync()).ShouldBe(1);
        await SettleAsync();
        (await HeldAsync(product)).ShouldBe(relist ? 5 : 3);
    }

    private async Task TellAsync(bool polled)
    {
        if (polled)
        {
            Marketplace.Webhooks.Drop();
            await Host.Polling.RunAsync(Account);
        }
        else
        {
            await SendWebhooksAsync();
            await Host.Polling.FetchRequestedAsync(Account);
        }
    }
}
