using BrxSync.Client;
using BrxSync.Client.Orders;
using BrxSync.Client.Webhooks;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Orders;
using Microsoft.Extensions.DependencyInjection;
using OrderItem = BrxSync.Client.Orders.OrderItem;
using OrderState = BrxSync.Client.Orders.OrderState;

namespace BrxSync.Store.Compliance.Webhooks;

/// <summary>What deliveries that are signed and still make no sense can do: nothing to the others, and nothing for ever.</summary>
public abstract class HostileDeliverySuite : StoreSuite
{
    private static readonly DateTimeOffset Sold = DateTimeOffset.UnixEpoch.AddDays(20001);

    private IWebhooks Intake => Store.Services.GetRequiredService<IWebhooks>();

    [Theory]
    [InlineData("paid")]
    [InlineData("canceled")]
    public async Task Receive_OrderThatListsAnItemTwice_IsNotGuessedAt(string state)
    {
        var account = await StockedAsync((1, 5), (2, 5));

        var receipt = await Intake.ReceiveAsync(account, Event("odd", state, [Item(7, 1), Item(7, 2)]));
        await Intake.ReceiveAsync(account, Event("sale", "paid", [Item(8, 1)], order: 1001));

        receipt.Outcome.ShouldBe(state == "paid" ? DeliveryOutcome.FetchFirst : DeliveryOutcome.NothingToDo);
        (await QuantitiesAsync(account)).ShouldBe([("1", 4), ("2", 5)]);
    }

    [Fact]
    public async Task Receive_TimeThatHasNotCome_AsksForTheOrderAndForNoReadThatNeverComes()
    {
        var account = await StockedAsync((1, 5));
        await Intake.ReceiveAsync(account, Event("sale", "paid", [Item(7, 1)]));

        var receipt = await Intake.ReceiveAsync(
            account, Event("late", "canceled", [Item(7, 1)]) with { Time = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero) });

        receipt.Outcome.ShouldBe(DeliveryOutcome.FetchFirst);
        (await Store.Stock.ListFetchesAsync(account, 10)).ShouldHaveSingleItem().Order.ShouldBe(new OrderId(1000));
        (await Store.Stock.ListRereadsAsync(account, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Receive_LongCauseCutInsideACharacter_IsKept()
    {
        var account = await StockedAsync((1, 5));
        var delivery = Event("long", "paid", [Item(7, 1)]) with { Cause = new string('x', 99) + "\U0001F0CF" };

        (await Intake.ReceiveAsync(account, delivery)).Outcome.ShouldBe(DeliveryOutcome.UnknownCause);
        (await Intake.ReceiveAsync(account, delivery)).Outcome.ShouldBe(DeliveryOutcome.Duplicate);
    }

    [Fact]
    public async Task ApplyWaiting_OneThatCannotBeApplied_HoldsUpNoOther()
    {
        var account = await StockedAsync((1, 5), (2, 5));
        await Store.Stock.KeepAsync(account, Kept("poison", 1000, (7, 1), (7, 2)));
        await Store.Stock.KeepAsync(account, Kept("sale", 1001, (8, 1)));

        await Intake.ApplyWaitingAsync(account);

        (await QuantitiesAsync(account)).ShouldBe([("1", 4), ("2", 5)]);
        (await Store.Stock.ListWaitingAsync(account, 10)).ShouldBeEmpty();
        (await Store.Stock.ListFetchesAsync(account, 10)).ShouldHaveSingleItem().Order.ShouldBe(new OrderId(1000));
    }

    [Fact]
    public async Task Receive_WhileTheStockIsBusy_DoesNotKeepTheCallersThread()
    {
        var account = await StockedAsync((1, 5));
        var holder = await Store.Stock.OpenAsync(account);
        await holder.LoadAsync(new StockScope());

        var receiving = Intake.ReceiveAsync(account, Event("sale", "paid", [Item(7, 1)]));
        receiving.IsCompleted.ShouldBeFalse();
        await holder.DisposeAsync();

        (await receiving).Outcome.ShouldBe(DeliveryOutcome.Applied);
    }

    [Fact]
    public async Task Save_OrderAskedForAgainWhileItWasFetched_IsStillToBeFetched()
    {
        var account = await StockedAsync((1, 5));
        await Intake.ReceiveAsync(account, Event("first", "paid", []));
        var due = (await Store.Stock.ListFetchesAsync(account, 10)).ShouldHaveSingleItem();

        // CardTrader has answered the fetch; before the answer is applied, a delivery tells of something newer.
        await Intake.ReceiveAsync(account, Event("second", "sent", []));
        await EndAsync(account, due);
        var left = (await Store.Stock.ListFetchesAsync(account, 10)).ShouldHaveSingleItem();
        await EndAsync(account, left);

        left.Order.ShouldBe(new OrderId(1000));
        (await Store.Stock.ListFetchesAsync(account, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Save_OrderFetchedForAFormerRequestWithALaterName_IsStillToBeFetched()
    {
        var account = await StockedAsync((1, 5));
        await Intake.ReceiveAsync(account, Event("first", "paid", []));
        var due = (await Store.Stock.ListFetchesAsync(account, 10)).ShouldHaveSingleItem();

        // The clock was set back between the two requests; another process began its fetch for the first, and has not seen
        // what the second asks for.
        await EndAsync(account, due with { AskedAt = due.AskedAt.AddHours(1) });

        (await Store.Stock.ListFetchesAsync(account, 10)).ShouldHaveSingleItem().ShouldBe(due);
    }

    private async Task EndAsync(AccountId account, DueFetch fetch)
    {
        await using var session = await Store.Stock.OpenAsync(account);
        await session.LoadAsync(new StockScope());
        await session.SaveAsync(new StockWrites { FetchesDone = [fetch] });
    }

    private async Task<AccountId> StockedAsync(params (long Id, int Quantity)[] products)
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, products);
        return account;
    }

    private async Task<(string, int)[]> QuantitiesAsync(AccountId account) =>
        [.. (await ItemsAsync(account)).Values.OrderBy(item => item.ProductId.ToString(), StringComparer.Ordinal)
            .Select(item => (item.ProductId.ToString()!, item.Quantity))];

    private static OrderItem Item(long id, long product) =>
        new() { Id = new OrderItemId(id), ProductId = new ProductId(product), Quantity = 1, CreatedAt = Sold };

    private static DeliveryRow Kept(string id, long order, params (long Item, long Product)[] items) => new()
    {
        Id = id,
        EventTime = Sold,
        Cause = "order.create",
        Mode = "live",
        OrderId = order,
        Outcome = DeliveryOutcome.Waiting,
        Report = new OrderReport
        {
            Id = new OrderId(order),
            State = Sync.Stock.Orders.OrderState.Paid,
            Moment = OrderMoment.OfWebhook(Sold),
            ViaZero = false,
            Size = items.Length,
            Items =
            [
                .. items.Select(item => new Sync.Stock.Orders.OrderItem
                {
                    Id = new OrderItemId(item.Item), Product = new ProductId(item.Product), Quantity = 1, CreatedAt = Sold,
                }),
            ],
        },
    };

    private static OrderWebhookEvent Event(string id, string state, OrderItem[] items, long order = 1000) => new()
    {
        Id = id,
        Time = Sold,
        Cause = "order.update",
        ObjectClass = "Order",
        ObjectId = order,
        Mode = "live",
        OrderId = new OrderId(order),
        Kind = OrderWebhookKind.Updated,
        Order = new Order
        {
            Id = new OrderId(order), State = new OrderState(state), Role = OrderRole.Seller, ViaCardTraderZero = false, Size = items.Length,
            Items = items,
        },
    };
}
