using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BrxSync.Simulator;
using BrxSync.Simulator.Orders;
using BrxSync.Sync;

namespace BrxSync.Store.Compliance.Adapters;

/// <summary>What a host tells the libraries that it shares with us changes nothing of what we write or read.</summary>
public abstract partial class GuestSettingsSuite : StoreSuite
{
    private static readonly string[] TimeColumns =
    [
        "webhook_inbox event_time", "webhook_inbox received_at", "order_stock_ledger sold_at", "stock_journal recorded_at",
        "stock_orders moment_from", "stock_orders moment_to", "stock_orders lines_from", "stock_orders lines_to",
        "user_inventory_items snapshot_from", "user_inventory_items snapshot_to", "user_inventory_items updated_at",
        "sync_snapshots window_from", "sync_snapshots window_to", "drift_reports window_from", "drift_reports window_to",
        "user_sync_settings snapshot_from", "user_sync_settings snapshot_to", "user_sync_settings withheld_to",
        "user_sync_settings books_started_at", "user_sync_settings orders_known_until",
    ];

    private readonly AccountId _account = AccountId.Create();
    private CardTraderSimulatorHost? _marketplace;
    private readonly ProcessTransport _transport;
    private SyncProcess _receiving = null!;
    private readonly HashSet<long> _repriced = [];

    protected GuestSettingsSuite() => _transport = new ProcessTransport(() => _receiving);

    /// <summary>What a process is given to find the store.</summary>
    protected abstract string StoreArgument { get; }

    private CardTraderSimulatorHost Marketplace => _marketplace!;

    private SimulatedSeller Seller => Marketplace.Seller("demo");

    public override async Task InitializeAsync()
    {
        var options = new CardTraderSimulatorOptions();
        options.Sellers.Add(new SellerOptions
        {
            Name = "demo", Token = "demo-token", Products = 60, WebhookUrl = new Uri($"http://host/webhooks/{_account}"),
        });
        options.Webhooks.Hold = true;
        options.WebhookTransport = _transport;
        _marketplace = await CardTraderSimulatorHost.StartAsync(options);
        await Store.StartAsync(_marketplace.BaseAddress, migrate: false);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Marketplace.DisposeAsync();
    }

    /// <summary>Answers a count.</summary>
    protected abstract Task<long> CountAsync(string sql);

    /// <summary>Writes a time as the store keeps it.</summary>
    protected abstract string Literal(DateTimeOffset time);

    [Theory]
    [InlineData("npgsql")]
    [InlineData("dapper-maps")]
    [InlineData("dapper-handlers")]
    public async Task Story_ToldUnderSettingsOfTheHost_IsTheOneOfACleanProcess(string settings)
    {
        var start = DateTimeOffset.UtcNow.AddSeconds(-30);
        await using var guest = SyncProcess.StartGuest(StoreArgument, Marketplace.BaseAddress, _account, settings);
        await using var clean = SyncProcess.StartHost(StoreArgument, Marketplace.BaseAddress, _account);
        (await guest.DoAsync("zone")).ShouldNotBe("0", "the story is told in another zone than UTC");

        await TellStoryAsync(guest);
        await ShouldReadAlikeAsync(guest, clean);
        await KeepAsync(clean);
        await ShouldReadAlikeAsync(guest, clean);
        await KeepAsync(guest);
        var told = await ShouldReadAlikeAsync(guest, clean);

        var end = DateTimeOffset.UtcNow.AddSeconds(30);
        Times(told).ShouldAllBe(time => time >= start && time <= end && time.Offset == TimeSpan.Zero);
        foreach (var column in TimeColumns)
        {
            await ShouldHoldTimesBetweenAsync(column, start, end);
        }

        using var document = JsonDocument.Parse(told);
        document.RootElement.GetProperty("Drift").GetArrayLength().ShouldBe(3);
        document.RootElement.GetProperty("Snapshots").EnumerateArray()
            .Count(snapshot => snapshot.GetProperty("Reasons").GetArrayLength() > 0).ShouldBe(2);
    }

    /// <summary>Connects, reads the stock twice and more, hears of sales, meets a fall, and is suspended for a while.</summary>
    private async Task TellStoryAsync(SyncProcess host)
    {
        (await host.DoAsync("migrate")).ShouldBe("True");
        (await host.DoAsync("connect demo-token")).ShouldBe(_account.ToString());
        (await host.DoAsync("sync")).ShouldBe("Completed");
        Seller.ChangeProducts(changed: 6, added: 3, removed: 2, seed: 1);
        (await host.DoAsync("sync")).ShouldBe("Completed");
        (await host.DoAsync("sync ByExpansion")).ShouldBe("Completed");
        await KeepAsync(host);
        (await host.DoAsync("suspend")).ShouldBe("True");
        (await host.DoAsync("resume")).ShouldBe("True");

        Seller.ChangeProducts(changed: 0, removed: 20, seed: 2);
        (await host.DoAsync("sync")).ShouldStartWith("Withheld");
        (await host.DoAsync("accept")).ShouldBe("True");
        (await host.DoAsync("sync")).ShouldBe("Completed");
        await ShouldEqualMarketplaceAsync();
    }

    /// <summary>Hears of sales by webhooks and by polling, reads again, and repairs what was changed behind its back.</summary>
    private async Task KeepAsync(SyncProcess host)
    {
        _receiving = host;
        var products = Seller.GetStock().Where(level => level.Quantity > 1).Select(level => level.ProductId).ToArray();
        Marketplace.Orders.Place(Seller, products[0], 1);
        Marketplace.Orders.Place(Seller, products[1], 1, OrderKind.Zero);
        var cancelled = Marketplace.Orders.Place(Seller, products[2], 1)!;
        await SendWebhooksAsync();
        Marketplace.Orders.Cancel(cancelled, relist: true);
        await SendWebhooksAsync();
        Marketplace.Orders.Place(Seller, products[3], 1);
        var undecided = Marketplace.Orders.Place(Seller, products[4], 1)!;
        Marketplace.Orders.SetState(undecided, "request_for_cancel");
        Marketplace.Webhooks.Drop();
        (await host.DoAsync("poll")).ShouldBe("polled");
        (await host.DoAsync("settle")).ShouldBe("settled");
        await ShouldEqualMarketplaceAsync();

        _repriced.Add(products[5]);
        await Store.ExecuteAsync(
            $"update user_inventory_items set price_cents = price_cents + 7 where external_stock_id = '{products[5]}'");
        await Store.ExecuteAsync(
            $"update user_inventory_items set description = 'other', graded = null where external_stock_id = '{products[6]}'");
        (await host.DoAsync("reconcile")).ShouldBe("Completed");
        await ShouldEqualMarketplaceAsync();
    }

    private async Task SendWebhooksAsync()
    {
        await Marketplace.Webhooks.FlushAsync();
        _transport.Failures.ShouldBeEmpty();
    }

    private static async Task<string> ShouldReadAlikeAsync(SyncProcess guest, SyncProcess clean)
    {
        var told = await guest.DoAsync("tell");
        told.ShouldStartWith("{");
        told.ShouldBe(await clean.DoAsync("tell"));
        return told;
    }

    private async Task ShouldEqualMarketplaceAsync()
    {
        var items = await ItemsAsync(_account);
        items.Values.Where(item => item.Quantity > 0).ToDictionary(
            item => item.ProductId.ToString()!, item => (item.Quantity, item.Price!.Value.Cents), StringComparer.Ordinal)
            .ShouldBe(
                Seller.GetStock().Select(level => Seller.FindProduct(level.ProductId)!).ToDictionary(
                    product => product.Id.ToString(CultureInfo.InvariantCulture), product => (product.Quantity, (long)product.PriceCents)),
                ignoreOrder: true);
        var replayed = await ReplayAsync(_account, _repriced);
        items.ShouldAllBe(item => replayed.GetValueOrDefault(item.Key) == item.Value.Quantity);
    }

    private async Task ShouldHoldTimesBetweenAsync(string tableAndColumn, DateTimeOffset start, DateTimeOffset end)
    {
        var (table, column) = tableAndColumn.Split(' ') is [var name, var of] ? (name, of) : default;
        var outside = await CountAsync($"select count(*) from {table} where {column} not between {Literal(start)} and {Literal(end)}");
        outside.ShouldBe(0, tableAndColumn);
    }

    private static IEnumerable<DateTimeOffset> Times(string told) =>
        Time().Matches(told).Select(match => DateTimeOffset.Parse(match.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"(?<="")\d{4}-\d\d-\d\dT[^""]+")]
    private static partial Regex Time();
}
