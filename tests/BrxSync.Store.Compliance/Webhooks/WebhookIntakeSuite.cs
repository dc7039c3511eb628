using BrxSync.Client;
using BrxSync.Client.Orders;
using BrxSync.Client.Webhooks;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Orders;
using BrxSync.Sync.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using OrderItem = BrxSync.Client.Orders.OrderItem;
using OrderState = BrxSync.Client.Orders.OrderState;

namespace BrxSync.Store.Compliance.Webhooks;

/// <summary>What taking webhooks in does, whatever the store is.</summary>
public abstract class WebhookIntakeSuite : StoreSuite
{
    private static readonly DateTimeOffset Read = DateTimeOffset.UnixEpoch.AddDays(20000);
    private static readonly DateTimeOffset Sold = Read.AddDays(1);
    private int _deliveries;

    private IWebhooks Intake => Store.Services.GetRequiredService<IWebhooks>();

    [Fact]
    public async Task Receive_Sale_LowersTheItemOnceAndJournalsIt()
    {
        var account = await StockedAsync((1, 5), (2, 3));
        var sale = Sale(1000, OrderState.Paid, (1, 2));

        var first = await Intake.ReceiveAsync(account, sale);
        var again = await Intake.ReceiveAsync(account, sale);
        var newId = await Intake.ReceiveAsync(account, sale with { Id = "another" });

        (first.Outcome, again.Outcome, newId.Outcome).ShouldBe(
            (DeliveryOutcome.Applied, DeliveryOutcome.Duplicate, DeliveryOutcome.Outdated));
        again.IsDuplicate.ShouldBeTrue();
        (await QuantitiesAsync(account)).ShouldBe([("1", 3), ("2", 3)]);
        var entry = (await JournalAsync(account)).Single(line => line.Cause == JournalCauses.Sale);
        (entry.ProductId.ToString()!, entry.Before, entry.After, entry.SourceId).ShouldBe(("1", 5, 3, sale.Id));
    }

    [Fact]
    public async Task Receive_MoreThanThereIs_StopsAtZeroAndJournalsAnOversell()
    {
        var account = await StockedAsync((1, 1));

        await Intake.ReceiveAsync(account, Sale(1000, OrderState.Paid, (1, 3)));

        (await QuantitiesAsync(account)).ShouldBe([("1", 0)]);
        (await JournalAsync(account))[^1].Cause.ShouldBe(JournalCauses.Oversell);
    }

    [Fact]
    public async Task Receive_Cancellation_RaisesNothingAndAsksForARead()
    {
        var account = await StockedAsync((1, 5));
        await Intake.ReceiveAsync(account, Sale(1000, OrderState.Paid, (1, 2)));

        var receipt = await Intake.ReceiveAsync(account, Sale(1000, OrderState.Canceled, (1, 2)) with { Time = Sold.AddHours(1) });

        receipt.Outcome.ShouldBe(DeliveryOutcome.Applied);
        (await QuantitiesAsync(account)).ShouldBe([("1", 3)]);
        (await Store.Stock.ListRereadsAsync(account, 10)).ShouldHaveSingleItem().Request.Product.ShouldBe(new ProductId(1));
    }

    [Fact]
    public async Task Receive_SaleBeforeAWithheldSnapshotThatEqualedTheRow_IsTakenOffAndReadAgain()
    {
        var account = await StockedAsync((1, 5));
        var window = SnapshotWindow.Around(Sold.AddHours(1), Sold.AddHours(1).AddSeconds(5));
        await using (var session = (await Store.Snapshots.TryOpenAsync(account)).ShouldNotBeNull())
        {
            await session.StageAsync(new[] { Row(0, 1, 5) });
            var plan = await session.PlanAsync(SnapshotComparison.Hash, window);
            plan.Changes.Unchanged.ShouldBe(1);
            await plan.ApplyAsync(
                new SnapshotApplication { Record = Record(SnapshotOutcome.Withheld, plan) with { Window = window }, Currency = "EUR" });
        }

        await Intake.ReceiveAsync(account, Sale(1000, OrderState.Paid, (1, 2)));

        // The snapshot may have had the sale, or a row that it could not read was this one: only a read can tell.
        (await QuantitiesAsync(account)).ShouldBe([("1", 3)]);
        (await Store.Stock.ListRereadsAsync(account, 10)).ShouldHaveSingleItem().Request.Product.ShouldBe(new ProductId(1));
    }

    [Fact]
    public async Task Receive_DestroyWithoutData_FindsTheItemsInTheBooks()
    {
        var account = await StockedAsync((1, 5));
        await Intake.ReceiveAsync(account, Sale(1000, OrderState.Paid, (1, 2)));

        await Intake.ReceiveAsync(account, Event(1000, "order.destroy", OrderWebhookKind.Destroyed, null) with { Time = Sold.AddHours(1) });

        (await Store.Stock.ListRereadsAsync(account, 10)).ShouldHaveSingleItem().Request.Product.ShouldBe(new ProductId(1));
    }

    [Theory]
    [InlineData("test", "order.create", OrderRole.Seller, DeliveryOutcome.TestMode)]
    [InlineData("live", "order.refund", OrderRole.Seller, DeliveryOutcome.UnknownCause)]
    [InlineData("live", "order.create", OrderRole.Buyer, DeliveryOutcome.Purchase)]
    public async Task Receive_WhatIsNoSale_IsRecordedAndTouchesNothing(string mode, string cause, OrderRole role, DeliveryOutcome outcome)
    {
        var account = await StockedAsync((1, 5));
        var sale = Sale(1000, OrderState.Paid, (1, 2)) with { Mode = mode, Cause = cause };

        var receipt = await Intake.ReceiveAsync(account, sale with { Order = sale.Order! with { Role = role } });

        receipt.Outcome.ShouldBe(outcome);
        (await Intake.ReceiveAsync(account, sale)).Outcome.ShouldBe(DeliveryOutcome.Duplicate);
        (await QuantitiesAsync(account)).ShouldBe([("1", 5)]);
    }

    [Fact]
    public async Task Receive_OrderThatSaysTooLittle_IsToBeFetched()
    {
        var account = await StockedAsync((1, 5));
        var sale = Sale(1000, OrderState.Paid, (1, 2));

        var receipt = await Intake.ReceiveAsync(account, sale with { Order = sale.Order! with { Size = 3 } });

        receipt.Outcome.ShouldBe(DeliveryOutcome.FetchFirst);
        (await Store.Stock.ListFetchesAsync(account, 10)).ShouldHaveSingleItem().Order.ShouldBe(new OrderId(1000));
        (await QuantitiesAsync(account)).ShouldBe([("1", 5)]);
    }

    [Fact]
    public async Task Receive_ManyAtOnceFromTwoProcesses_EachSaleCountsOnce()
    {
        const int Orders = 120;
        var account = await StockedAsync((1, 1000), (2, 1000));
        await using var other = Store.BuildAnother();
        var sales = Enumerable.Range(0, Orders).Select(number => Sale(1000 + number, OrderState.Paid, (1 + (number % 2), 1))).ToArray();

        var receipts = await Task.WhenAll(
            sales.Select(sale => Intake.ReceiveAsync(account, sale))
                .Concat(sales.Select(sale => other.GetRequiredService<IWebhooks>().ReceiveAsync(account, sale)))
                .Concat(sales.Select(sale => Intake.ReceiveAsync(account, sale with { Id = sale.Id + "-new" }))));

        receipts.Count(receipt => receipt.IsDuplicate).ShouldBe(Orders);
        receipts.Count(receipt => receipt.Outcome == DeliveryOutcome.Applied).ShouldBe(Orders);
        (await QuantitiesAsync(account)).ShouldBe([("1", 1000 - (Orders / 2)), ("2", 1000 - (Orders / 2))]);
        (await JournalAsync(account)).Count(line => line.Cause == JournalCauses.Sale).ShouldBe(Orders);
    }

    [Fact]
    public async Task Receive_WhileASnapshotHoldsTheStock_IsKeptAnsweredAndAppliedLater()
    {
        var account = await StockedAsync((1, 5));
        await using var holder = await Store.Stock.OpenAsync(account);
        await holder.LoadAsync(new StockScope());
        await using var impatient = Store.BuildAnother(choose: brx =>
            brx.Services.Configure<WebhookIntakeOptions>(options => options.ApplyWithin = TimeSpan.FromMilliseconds(100)));

        var sale = Sale(1000, OrderState.Paid, (1, 2));
        var kept = CanKeepWhileHeld ? await impatient.GetRequiredService<IWebhooks>().ReceiveAsync(account, sale) : null;
        var repeated = CanKeepWhileHeld
            ? await impatient.GetRequiredService<IWebhooks>().ReceiveAsync(account, sale).WaitAsync(TimeSpan.FromMinutes(1))
            : null;
        await holder.DisposeAsync();
        await Intake.ApplyWaitingAsync(account);

        if (kept is not null)
        {
            (kept.Outcome, repeated!.Outcome).ShouldBe((DeliveryOutcome.Waiting, DeliveryOutcome.Waiting));
            await EventuallyAsync(async () => (await QuantitiesAsync(account)).SequenceEqual([("1", 3)]));
            (await Store.Stock.ListWaitingAsync(account, 10)).ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Receive_UnknownAccount_SaysSo() =>
        await Should.ThrowAsync<AccountUnknownException>(
            () => Intake.ReceiveAsync(AccountId.Create(), Sale(1000, OrderState.Paid, (1, 2))));

    [Fact]
    public async Task Receive_IdTooLong_IsRefused() =>
        await Should.ThrowAsync<ArgumentException>(
            () => Intake.ReceiveAsync(AccountId.Create(), Sale(1000, OrderState.Paid, (1, 2)) with { Id = new string('x', 129) }));

    /// <summary>False for a store with a single writer: a delivery waits there for the writer, with its answer.</summary>
    protected virtual bool CanKeepWhileHeld => true;

    private async Task<AccountId> StockedAsync(params (long Id, int Quantity)[] products)
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, products);
        return account;
    }

    private async Task<(string, int)[]> QuantitiesAsync(AccountId account) =>
        [.. (await ItemsAsync(account)).Values.OrderBy(item => item.ProductId.ToString(), StringComparer.Ordinal)
            .Select(item => (item.ProductId.ToString()!, item.Quantity))];

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private OrderWebhookEvent Sale(long order, OrderState state, params (long Product, int Quantity)[] items) => Event(
        order,
        "order.create",
        OrderWebhookKind.Created,
        new Order
        {
            Id = new OrderId(order),
            State = state,
            Role = OrderRole.Seller,
            ViaCardTraderZero = false,
            Size = items.Sum(item => item.Quantity),
            Items =
            [
                .. items.Select((item, index) => new OrderItem
                {
                    Id = new OrderItemId((order * 10) + index), ProductId = new ProductId(item.Product), Quantity = item.Quantity,
                    CreatedAt = Sold,
                }),
            ],
        });

    private OrderWebhookEvent Event(long order, string cause, OrderWebhookKind kind, Order? data) => new()
    {
        Id = $"delivery-{++_deliveries}",
        Time = Sold,
        Cause = cause,
        ObjectClass = "Order",
        ObjectId = order,
        Mode = "live",
        OrderId = new OrderId(order),
        Kind = kind,
        Order = data,
    };
}
