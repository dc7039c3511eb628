using System.Data.Common;
using BrxSync.Client;
using BrxSync.Client.Orders;
using BrxSync.Client.Webhooks;
using BrxSync.Sync;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Orders;
using BrxSync.Sync.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using OrderItem = BrxSync.Client.Orders.OrderItem;
using OrderState = BrxSync.Client.Orders.OrderState;

namespace BrxSync.Store.Compliance.Adapters.Sqlite;

/// <summary>Webhook deliveries while SQLite's only writer is somebody else, as during a large snapshot.</summary>
public sealed class SqliteBusyDeliveryTests : SqliteBusySuite
{
    private static readonly TimeSpan KeepWithin = TimeSpan.FromSeconds(0.5);

    private int _orders = 1000;

    private static TimeSpan ApplyWithin { get; } = new WebhookIntakeOptions().ApplyWithin;

    private WebhookIntake Intake => Store.Services.GetRequiredService<WebhookIntake>();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Receive_WriterBusyBeyondTheLimit_IsRefusedInTimeAndAppliedOnceWhenRepeated(bool isForeign)
    {
        const int Count = 150;
        var account = await StockedAsync((1, 1000));
        var sales = Enumerable.Range(0, Count).Select(_ => Sale()).ToArray();
        var holder = await HoldAsync(isForeign);

        var answers = sales.Select(sale => Intake.ReceiveAsync(account, sale)).ToArray();
        await Time.WaitForTimersAsync(Count);
        Time.Advance(ApplyWithin);

        // All of them want to be kept by now, and the transaction that was to apply them still waits.
        // Whose turn it is asks another program without a timer of this clock.
        await Time.WaitForTimersAsync(isForeign ? Count : Count + 1);
        Time.Advance(KeepWithin);

        foreach (var answer in answers)
        {
            var fault = await Should.ThrowAsync<DbException>(() => answer.WaitAsync(RealTimeLimit));
            fault.IsTransient.ShouldBeTrue();
        }

        await holder.DisposeAsync();
        var repeated = await Task.WhenAll(sales.Select(sale => Intake.ReceiveAsync(account, sale))).WaitAsync(RealTimeLimit);
        repeated.ShouldAllBe(receipt => receipt.Outcome == DeliveryOutcome.Duplicate);
        (await ItemsAsync(account))["1"].Quantity.ShouldBe(1000 - Count);
    }

    [Fact]
    public async Task Receive_WriterFreeWithinTheLimit_IsApplied()
    {
        var account = await StockedAsync((1, 10));
        var holder = await HoldAsync(isForeign: false);
        var answers = Enumerable.Range(0, 5).Select(_ => Intake.ReceiveAsync(account, Sale())).ToArray();
        await Time.WaitForTimersAsync(answers.Length + 1);
        Time.Advance(ApplyWithin - TimeSpan.FromMilliseconds(1));

        await holder.DisposeAsync();

        (await Task.WhenAll(answers).WaitAsync(RealTimeLimit)).ShouldAllBe(receipt => receipt.Outcome == DeliveryOutcome.Applied);
    }

    [Fact]
    public async Task Receive_WriterFreeJustAfterTheLimit_IsKeptAndAppliedOnce()
    {
        var account = await StockedAsync((1, 10));
        var (first, second) = (Sale(), Sale());
        var holder = await HoldAsync(isForeign: false);
        var applied = Intake.ReceiveAsync(account, first);
        await Time.WaitForTimersAsync(2);
        var kept = Intake.ReceiveAsync(account, second);
        Time.Advance(ApplyWithin);
        await Time.WaitForTimersAsync(3);

        await holder.DisposeAsync();

        // The first was in the transaction that waited; the second would be in the one after it.
        (await applied.WaitAsync(RealTimeLimit)).Outcome.ShouldBe(DeliveryOutcome.Applied);
        (await kept.WaitAsync(RealTimeLimit)).Outcome.ShouldBe(DeliveryOutcome.Waiting);
        (await Intake.ReceiveAsync(account, second).WaitAsync(RealTimeLimit)).Outcome.ShouldBe(DeliveryOutcome.Duplicate);
        (await ItemsAsync(account))["1"].Quantity.ShouldBe(8);
        (await Store.Stock.ListWaitingAsync(account, 10)).ShouldBeEmpty();
    }

    private async Task<AccountId> StockedAsync(params (long Id, int Quantity)[] products)
    {
        var account = await ConnectAsync();
        await ApplyAsync(account, SnapshotOutcome.Applied, products);
        return account;
    }

    private OrderWebhookEvent Sale()
    {
        var number = _orders++;
        var sold = DateTimeOffset.UnixEpoch.AddDays(20001);
        return new OrderWebhookEvent
        {
            Id = $"delivery-{number}",
            Time = sold,
            Cause = "order.create",
            ObjectClass = "Order",
            ObjectId = number,
            Mode = "live",
            OrderId = new OrderId(number),
            Kind = OrderWebhookKind.Created,
            Order = new Order
            {
                Id = new OrderId(number),
                State = OrderState.Paid,
                Role = OrderRole.Seller,
                ViaCardTraderZero = false,
                Size = 1,
                Items = [new OrderItem { Id = new OrderItemId(number), ProductId = new ProductId(1), Quantity = 1, CreatedAt = sold }],
            },
        };
    }
}
