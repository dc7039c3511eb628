using System.Data.Common;
using System.Diagnostics.Metrics;
using BrxSync.Client;
using BrxSync.Client.Webhooks;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Time;
using BrxSync.Sync.Webhooks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Sync.Tests.Webhooks;

/// <summary>What the taking in of webhooks is made of, over a store of a test's.</summary>
internal static class WebhookParts
{
    private static readonly DateTimeOffset Sent = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private static readonly SyncMetrics Metrics =
        new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    public static DeliveryApplication Application(IStockStore store)
    {
        var notifier = new StockNotifier(new NoWorkSignal(), Metrics, NullLogger<StockNotifier>.Instance);
        return new DeliveryApplication(new StockSteps(store, new MarketplaceClock(new FakeTimeProvider(Sent)), notifier));
    }

    public static WebhookIntake Intake(IStockStore store, WebhookIntakeOptions options) => new(
        store, Application(store), Options.Create(options), Metrics, new FakeTimeProvider(Sent), NullLogger<WebhookIntake>.Instance);

    /// <summary>A delivery that touches the stock: without what it says, its order can still be fetched.</summary>
    public static PendingDelivery OrderDelivery(string id) => PendingDelivery.Of(
        new OrderWebhookEvent
        {
            Id = id,
            Time = Sent,
            Cause = "order.destroy",
            ObjectClass = "Order",
            Mode = "live",
            OrderId = new OrderId(1000),
            Kind = OrderWebhookKind.Destroyed,
        },
        null);

    /// <summary>A delivery that is recorded, and nothing more.</summary>
    public static PendingDelivery UnknownDelivery(string id) => PendingDelivery.Of(
        new UnknownWebhookEvent
        {
            Id = id,
            Time = Sent,
            Cause = "wish.granted",
            ObjectClass = "Wish",
            Mode = "live",
        },
        null);

    public sealed class DatabaseException(bool isTransient) : DbException("away")
    {
        public override bool IsTransient => isTransient;
    }
}
