using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Tests.Orders;

public sealed class OrderLifeTests : SimulatorTest
{
    private readonly List<StockLevel> plenty = [];

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        plenty.AddRange(Demo.GetStock().Where(level => level.Quantity >= 3).Take(5));
    }

    [Fact]
    public void Place_Direct_IsPaidAndLowersTheStockAtOnce()
    {
        var order = Sell(OrderKind.Direct, 2);

        order.State.ShouldBe("paid");
        Quantity(0).ShouldBe(plenty[0].Quantity - 2);
        order.Items.Single().HubPendingOrderId.ShouldBeNull();
    }

    [Fact]
    public void Place_MoreThanIsThere_SellsNothing()
    {
        var lines = new[] { new OrderLine(plenty[0].ProductId, 1), new OrderLine(plenty[1].ProductId, 1_000) };

        Host.Orders.Place(Demo, lines).ShouldBeNull();

        Quantity(0).ShouldBe(plenty[0].Quantity);
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Fact]
    public async Task Place_TheLastUnits_TakesTheProductOffTheExport()
    {
        Host.Orders.Place(Demo, plenty[0].ProductId, plenty[0].Quantity).ShouldNotBeNull();

        (await GetAsync($"products/export?blueprint_id={plenty[0].BlueprintId}")).Json.EnumerateArray()
            .ShouldNotContain(row => row.GetProperty("id").GetInt64() == plenty[0].ProductId);
        (await PostAsync($"products/{plenty[0].ProductId}/increment", new { delta_quantity = 1 })).Status.ShouldBe(404);
    }

    [Fact]
    public void Life_Direct_GoesFromPaidToDone()
    {
        var order = Sell(OrderKind.Direct, 1);

        Host.Orders.Ship(order);
        Host.Orders.Arrive(order);
        Host.Orders.Complete(order);

        order.State.ShouldBe("done");
        Quantity(0).ShouldBe(plenty[0].Quantity - 1);
    }

    [Fact]
    public void Life_Pending_TakesStockAndCanBePaid()
    {
        var order = Host.Orders.Place(Demo, [new OrderLine(plenty[0].ProductId, 1)], OrderKind.Direct, paymentPending: true)!;

        order.State.ShouldBe("pending");
        Quantity(0).ShouldBe(plenty[0].Quantity - 1);
        Host.Orders.Pay(order);
        order.State.ShouldBe("paid");
    }

    [Fact]
    public void Life_ForbiddenStep_Throws()
    {
        var order = Sell(OrderKind.Direct, 1);

        Should.Throw<InvalidOperationException>(() => Host.Orders.Complete(order)).Message.ShouldContain("paid");
        Should.Throw<InvalidOperationException>(() => Host.Orders.Lose(order));
    }

    [Fact]
    public void MergeWeekly_ZeroOrders_JoinsThemIntoOnePaidOrderAndClosesThem()
    {
        var first = Sell(OrderKind.Zero, 1, 0);
        var second = Sell(OrderKind.Zero, 2, 1);
        first.State.ShouldBe("hub_pending");
        var direct = Sell(OrderKind.Direct, 1, 2);

        var merged = Host.Orders.MergeWeekly(Demo)!;

        merged.State.ShouldBe("paid");
        merged.MergedOrderIds.ShouldBe([first.Id, second.Id]);
        merged.Items.Select(item => item.HubPendingOrderId).ShouldBe([first.Id, second.Id]);
        merged.Items.Select(item => item.Id).ShouldBe([first.Items[0].Id, second.Items[0].Id]);
        (first.State, second.State, direct.State).ShouldBe(("closed", "closed", "paid"));
        Quantity(0).ShouldBe(plenty[0].Quantity - 1);
        Quantity(1).ShouldBe(plenty[1].Quantity - 2);
        Host.Orders.MergeWeekly(Demo).ShouldBeNull();
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Fact]
    public void MergeWeekly_NewItemIds_AreNew()
    {
        Host.Orders.Behavior.MergeKeepsItemIds = false;
        var source = Sell(OrderKind.Zero, 1);

        var merged = Host.Orders.MergeWeekly(Demo)!;

        merged.Items.Single().Id.ShouldNotBe(source.Items.Single().Id);
        merged.Items.Single().HubPendingOrderId.ShouldBe(source.Id);
    }

    [Fact]
    public void EndPresale_Order_JoinsTheHubUnderItsOldSource()
    {
        var presale = Sell(OrderKind.Presale, 2);
        Host.Orders.MergeWeekly(Demo).ShouldBeNull();

        var joined = Host.Orders.EndPresale(presale);

        presale.State.ShouldBe("closed");
        joined.State.ShouldBe("hub_pending");
        joined.Items.Single().HubPendingOrderId.ShouldBe(presale.Id);
        Host.Orders.MergeWeekly(Demo)!.Items.Single().HubPendingOrderId.ShouldBe(presale.Id);
        Quantity(0).ShouldBe(plenty[0].Quantity - 2);
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Cancel_WithOrWithoutRelisting_PutsTheUnitsBackOnlyIfToldTo(bool relist)
    {
        var order = Sell(OrderKind.Direct, 2);

        Host.Orders.Cancel(order, relist);

        order.State.ShouldBe("canceled");
        Quantity(0).ShouldBe(plenty[0].Quantity - (relist ? 0 : 2));
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Fact]
    public void Cancel_SoldOutProductWithRelisting_BringsItBackUnderItsId()
    {
        var order = Host.Orders.Place(Demo, plenty[0].ProductId, plenty[0].Quantity)!;
        Demo.FindProduct(plenty[0].ProductId).ShouldBeNull();

        Host.Orders.Cancel(order, relist: true);

        Quantity(0).ShouldBe(plenty[0].Quantity);
    }

    [Fact]
    public void Cancel_OtherSpelling_IsWritten()
    {
        Host.Orders.Behavior.CancelledVariant = true;
        var order = Sell(OrderKind.Direct, 1);

        Host.Orders.Cancel(order, relist: false);

        order.State.ShouldBe("cancelled");
    }

    [Fact]
    public void RequestCancellation_Refused_ReturnsToTheStateBefore()
    {
        var order = Sell(OrderKind.Direct, 1);
        Host.Orders.Ship(order);

        Host.Orders.RequestCancellation(order);
        order.State.ShouldBe("request_for_cancel");
        Quantity(0).ShouldBe(plenty[0].Quantity - 1);
        Host.Orders.RefuseCancellation(order);

        order.State.ShouldBe("sent");
    }

    [Fact]
    public void Lose_SentOrder_GivesNothingBack()
    {
        var order = Sell(OrderKind.Direct, 2);
        Host.Orders.Ship(order);

        Host.Orders.Lose(order);

        order.State.ShouldBe("lost");
        Quantity(0).ShouldBe(plenty[0].Quantity - 2);
    }

    [Fact]
    public async Task Destroy_Order_IsNotFoundAnyMore()
    {
        var order = Sell(OrderKind.Direct, 1);

        Host.Orders.Destroy(order, relist: true);

        (await GetAsync($"orders/{order.Id}")).Status.ShouldBe(404);
        Quantity(0).ShouldBe(plenty[0].Quantity);
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Fact]
    public async Task DeleteItem_OneOfTwo_MarksItAndKeepsTheSize()
    {
        var order = Host.Orders.Place(Demo, [new OrderLine(plenty[0].ProductId, 1), new OrderLine(plenty[1].ProductId, 2)])!;

        Host.Orders.DeleteItem(order, order.Items[1].Id, relist: true);

        var body = (await GetAsync($"orders/{order.Id}")).Json;
        body.GetProperty("size").GetInt32().ShouldBe(3);
        body.GetProperty("order_items")[1].GetProperty("deleted_at").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.String);
        body.GetProperty("order_items")[1].GetProperty("cancelled_price")[0].GetProperty("cents").GetInt32().ShouldBeNegative();
        Quantity(1).ShouldBe(plenty[1].Quantity);
        Host.Orders.Cancel(order, relist: true);
        Quantity(1).ShouldBe(plenty[1].Quantity);
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Fact]
    public void Place_SplitLines_MakesAnItemOfEveryUnit()
    {
        Host.Orders.Behavior.SplitLines = true;

        Sell(OrderKind.Zero, 3).Items.Select(item => item.Quantity).ShouldBe([1, 1, 1]);
    }

    private SimulatedOrder Sell(OrderKind kind, int quantity, int product = 0) =>
        Host.Orders.Place(Demo, plenty[product].ProductId, quantity, kind).ShouldNotBeNull();

    private int Quantity(int product) => Demo.FindProduct(plenty[product].ProductId)?.Quantity ?? 0;
}
