using System.Globalization;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace BrxSync.Store.Compliance.Retention;

/// <summary>What comes in goes when its time is over: deliveries, orders, reports, notices, the records of snapshots.</summary>
public abstract class GrowingTablesSuite : ShopSuite
{
    private static readonly TimeSpan Long = TimeSpan.FromDays(800);

    [Fact]
    public async Task RunAsync_Deliveries_RemovesSettledOnesAndKeepsThoseThatWait()
    {
        await InsertDeliveryAsync("settled-1", "applied");
        await InsertDeliveryAsync("settled-2", "outdated");
        await InsertDeliveryAsync("settled-3", "test_mode");
        await InsertDeliveryAsync("waits", "waiting");

        (await RemoveAsync(options => options.Deliveries = null)).Deliveries.ShouldBe(0);
        (await RemoveAsync(options => options.BatchSize = 2)).Deliveries.ShouldBe(3);

        (await ReadAsync("select delivery_id from webhook_inbox")).ShouldBe("waits");
    }

    [Fact]
    public async Task RunAsync_Order_GoesOnceItIsOldAndItsProductsWereReadSince()
    {
        var product = ProductWith(5);
        await ReadAllAsync();
        Marketplace.Orders.Place(Seller, product, 2).ShouldNotBeNull();
        var delivery = Marketplace.Webhooks.Queued().ShouldHaveSingleItem();
        await SendWebhooksAsync();
        (await HeldAsync(product)).ShouldBe(3);

        (await RemoveAsync()).Orders.ShouldBe(0, "it is new");
        Time.Advance(Long);
        (await RemoveAsync()).Orders.ShouldBe(0, "nothing was read since");
        await ReadAllAsync();
        (await RemoveAsync(options => options.Orders = null)).Orders.ShouldBe(0);
        await Store.ExecuteAsync(
            $"insert into sync_cursors (user_id, identity, started_at, window_from, window_to, state) values ('{Account}', 'x', {Store.LongAgo}, {Store.LongAgo}, {Store.LongAgo}, '{{}}')");
        (await RemoveAsync()).Orders.ShouldBe(0, "a read under way began before it");
        await Store.ExecuteAsync("delete from sync_cursors");
        (await RemoveAsync()).Orders.ShouldBe(1);

        (await ReadAsync("select count(*) from stock_orders")).ShouldBe("0");
        (await ReadAsync("select count(*) from order_stock_ledger")).ShouldBe("0");
        await Store.ExecuteAsync("delete from webhook_inbox");
        Marketplace.Webhooks.Repeat(delivery);
        await SendWebhooksAsync();
        (await HeldAsync(product)).ShouldBe(3, "it was sold before the last read");
        (await ReadAsync("select count(*) from stock_orders")).ShouldBe("1");
        await SettleAsync();
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task RunAsync_MoreOrdersThanABatch_ForgetsAllOfThem()
    {
        var product = ProductWith(9);
        await ReadAllAsync();
        for (var i = 0; i < 5; i++)
        {
            Marketplace.Orders.Place(Seller, product, 1).ShouldNotBeNull();
            await SendWebhooksAsync();
        }

        Time.Advance(Long);
        await ReadAllAsync();

        (await RemoveAsync(options => options.BatchSize = 2)).Orders.ShouldBe(5);
        (await ReadAsync("select count(*) from order_stock_ledger")).ShouldBe("0");
        (await HeldAsync(product)).ShouldBe(4);
    }

    [Fact]
    public async Task RunAsync_DriftReports_KeepsTheLastOfTheAccount()
    {
        for (var i = 0; i < 4; i++)
        {
            await InsertAsync(
                "drift_reports (user_id, operation_id, verdict, window_from, window_to, equal_count, different_count, findings, created_at)",
                $"'drift-{i}', 'applied', {Store.LongAgo}, {Store.LongAgo}, 1, 0, '[]', {Store.LongAgo}");
        }

        (await RemoveAsync(options => options.DriftReports = null)).DriftReports.ShouldBe(0);
        (await RemoveAsync(options => options.BatchSize = 2)).DriftReports.ShouldBe(3);

        (await ReadAsync("select operation_id from drift_reports")).ShouldBe("drift-3");
    }

    [Fact]
    public async Task RunAsync_Notices_RemovesOldOnes()
    {
        var now = Store.LongAgo == "0"
            ? string.Create(CultureInfo.InvariantCulture, $"{Time.GetUtcNow().ToUnixTimeMilliseconds()}000")
            : string.Create(CultureInfo.InvariantCulture, $"to_timestamp({Time.GetUtcNow().ToUnixTimeSeconds()})");
        foreach (var (order, at) in ((int, string)[])[(1, Store.LongAgo), (2, Store.LongAgo), (3, Store.LongAgo), (4, now)])
        {
            await InsertAsync("stock_notices (user_id, order_id, kind, noticed_at)", $"{order}, 'unknown_state', {at}");
        }

        (await RemoveAsync(options => options.Notices = null)).Notices.ShouldBe(0);
        (await RemoveAsync(options => options.BatchSize = 2)).Notices.ShouldBe(3);

        (await ReadAsync("select order_id from stock_notices")).ShouldBe("4");
    }

    [Fact]
    public async Task RunAsync_Snapshots_KeepsTheFirstAndThoseByWhichTheNextIsJudged()
    {
        // The first of all is that of the suite, with which the books begin.
        for (var i = 0; i < 15; i++)
        {
            await InsertSnapshotAsync($"applied-{i:00}", "applied");
            await InsertSnapshotAsync($"refused-{i:00}", "refused");
        }

        Time.Advance(Long);
        (await RemoveAsync(options => options.Snapshots = null)).Snapshots.ShouldBe(0);
        (await RemoveAsync(options => options.BatchSize = 2)).Snapshots.ShouldBe(5 + 14);

        (await ReadAsync("select count(*) from sync_snapshots where operation_id like 'applied-%'")).ShouldBe("10");
        (await ReadAsync("select min(operation_id) from sync_snapshots where operation_id like 'applied-%'")).ShouldBe("applied-05");
        (await ReadAsync("select operation_id from sync_snapshots where operation_id like 'refused-%'")).ShouldBe("refused-14");
        (await ReadAsync("select count(*) from sync_snapshots")).ShouldBe("12");
    }

    private Task<string> ReadAsync(string sql) => Store.ReadAsync(sql);

    private Task<int> InsertAsync(string into, string values) => Store.ExecuteAsync($"insert into {into} values ('{Account}', {values})");

    private Task<int> InsertDeliveryAsync(string id, string outcome) => InsertAsync(
        "webhook_inbox (user_id, delivery_id, event_time, cause, mode, outcome, received_at)",
        $"'{id}', {Store.LongAgo}, 'order.create', 'live', '{outcome}', {Store.LongAgo}");

    private Task<int> InsertSnapshotAsync(string operation, string verdict) => InsertAsync(
        "sync_snapshots (user_id, operation_id, window_from, window_to, staged, skipped, fall_linked, fall_seen, can_be_confirmed, verdict, created_at)",
        $"'{operation}', {Store.LongAgo}, {Store.LongAgo}, 1, 0, 0, 0, false, '{verdict}', {Store.LongAgo}");

    /// <summary>Reads all of the stock, some time before and after anything else.</summary>
    private async Task ReadAllAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(1));
        (await Host.FullSync.RunAsync(new SyncRequest { AccountId = Account })).Succeeded.ShouldBeTrue();
        Time.Advance(TimeSpan.FromMinutes(1));
    }

    private async Task<RetentionResult> RemoveAsync(Action<RetentionOptions>? choose = null)
    {
        var options = new RetentionOptions();
        choose?.Invoke(options);
        var services = Host.Services;
        return await new RetentionService(
            services.GetRequiredService<IRetentionStore>(),
            services.GetRequiredService<AccountRetention>(),
            services.GetRequiredService<RetentionMetrics>(),
            Options.Create(options),
            Time,
            NullLogger<RetentionService>.Instance).RunAsync();
    }
}
