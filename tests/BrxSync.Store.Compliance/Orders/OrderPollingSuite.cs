using BrxSync.Client;
using BrxSync.Client.RateLimiting;
using BrxSync.Simulator;
using BrxSync.Simulator.Faults;
using BrxSync.Simulator.Orders;
using BrxSync.Store.Compliance.Histories;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Rereads;
using BrxSync.Sync.Retries;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Store.Compliance.Orders;

/// <summary>Polling orders, fetching them and reading products again, against a running marketplace whose webhooks are all lost.</summary>
public abstract class OrderPollingSuite : MarketplaceSuite
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    private readonly RecordedSignals _signal = new();

    private readonly Interleaving _orders = new() { Path = "/orders" };

    private readonly Interleaving _exports = new();

    protected override int Products => 60;

    private IOrderPolling Polling => Store.Services.GetRequiredService<IOrderPolling>();

    private IRereads Rereading => Store.Services.GetRequiredService<IRereads>();

    private int ExportCalls => CallsOf("/products/export");

    public override async Task InitializeAsync()
    {
        Store.Extra = brx =>
        {
            brx.Services.AddSingleton<TimeProvider>(_time);
            brx.Services.AddSingleton<IRateLimiter>(new FreeLimiter());
            brx.WithoutJobs().Services.AddSingleton<IWorkSignal>(_signal);
            brx.HttpClient.AddHttpMessageHandler(() => new InterleavingHandler(_orders))
                .AddHttpMessageHandler(() => new InterleavingHandler(_exports));
            brx.Services.Configure<OrderPollingOptions>(options => (options.PageSize, options.ConfirmAfter) = (3, TimeSpan.Zero));
        };
        await base.InitializeAsync();
        (await SyncAsync()).Succeeded.ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Run_OrdersNoWebhookToldOf_AreAppliedOnce()
    {
        for (var i = 0; i < 7; i++)
        {
            Marketplace.Orders.Place(Seller, Seller.GetStock()[i].ProductId, 1, i % 2 == 0 ? OrderKind.Direct : OrderKind.Zero)
                .ShouldNotBeNull();
        }

        var first = await Polling.RunAsync(Account);
        var second = await Polling.RunAsync(Account);

        (first.Read, first.Applied, first.ToFetch).ShouldBe((7, 7, 0));
        (second.Read, second.Applied).ShouldBe((7, 0));
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_WalksInPages_UntilAShortOne()
    {
        for (var i = 0; i < 7; i++)
        {
            Marketplace.Orders.Place(Seller, Seller.GetStock()[i].ProductId, 1);
        }

        await Polling.RunAsync(Account);

        CallsOf("/orders?").ShouldBe(3);
    }

    [Fact]
    public async Task Run_OrderIsGone_IsFetchedFoundDeletedAndReadAgain()
    {
        var product = Seller.GetStock().First(level => level.Quantity > 2).ProductId;
        var order = Marketplace.Orders.Place(Seller, product, 2)!;
        await Polling.RunAsync(Account);
        Marketplace.Orders.Destroy(order, relist: true);
        _time.Advance(TimeSpan.FromSeconds(5));

        var polled = await Polling.RunAsync(Account);
        _time.Advance(TimeSpan.FromSeconds(5));
        await Rereading.RunAsync(Account);

        (polled.ToFetch, polled.Fetched).ShouldBe((1, 1));
        (await Store.Stock.ListFetchesAsync(Account, 10)).ShouldBeEmpty();
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_Interrupted_TakesUpWhereTheOrdersAreKnown()
    {
        for (var i = 0; i < 7; i++)
        {
            Marketplace.Orders.Place(Seller, Seller.GetStock()[i].ProductId, 1);
        }

        Marketplace.Faults.Add(new FaultRule { Endpoint = "GET /orders", Nth = 2, Action = FaultAction.Status, Status = 404 });
        await Should.ThrowAsync<Client.Errors.CardTraderException>(() => Polling.RunAsync(Account));
        (await PositionAsync()).KnownUntil.ShouldBeNull();
        Marketplace.Faults.Clear();
        await Polling.RunAsync(Account);

        (await PositionAsync()).KnownUntil.ShouldNotBeNull();
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Run_OrdersStillToBeFetched_AreNotSaidToBeKnown()
    {
        await Polling.RunAsync(Account);
        var known = (await PositionAsync()).KnownUntil;
        _time.Advance(TimeSpan.FromSeconds(5));
        var order = Marketplace.Orders.Place(Seller, Seller.GetStock()[0].ProductId, 1)!;
        await Polling.RunAsync(Account);
        Marketplace.Orders.Destroy(order, relist: true);
        Marketplace.Faults.Add(new FaultRule { Endpoint = "GET /orders/:id", Action = FaultAction.Status, Status = 422 });
        var before = (await PositionAsync()).KnownUntil;
        _time.Advance(TimeSpan.FromSeconds(5));

        var failed = await Polling.RunAsync(Account);
        var open = (await PositionAsync()).KnownUntil;
        Marketplace.Faults.Clear();
        _time.Advance(LongestPause.OfFetch);
        var done = await Polling.RunAsync(Account);

        (failed.ToFetch, failed.Fetched, done.Fetched).ShouldBe((1, 0, 1));
        (known < before).ShouldBeTrue();
        open.ShouldBe(before);
        (await PositionAsync()).KnownUntil.ShouldNotBeNull().ShouldBeGreaterThan(before!.Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_SellerChangesMeanwhile_WritesNothing(bool onlyFetching)
    {
        Marketplace.Orders.Place(Seller, Seller.GetStock()[0].ProductId, 1);
        if (onlyFetching)
        {
            await Store.Services.GetRequiredService<OrderApplication>().AskAsync(await AccountAsync(Account), [new OrderId(42)], default);
        }

        var held = await QuantitiesAsync();
        _orders.AfterRead = ConnectOtherAsync;
        await Should.ThrowAsync<SyncFencedException>(() => onlyFetching ? Polling.FetchRequestedAsync(Account) : Polling.RunAsync(Account));

        (await PositionAsync()).ShouldBe(new OrderPosition(null, null, null, null));
        await using var session = await Store.Stock.OpenAsync(Account);
        (await session.LoadAsync(new StockScope { AllOrders = true })).Books.Orders.Orders.ShouldBeEmpty();
        (await QuantitiesAsync()).ShouldBe(held);
    }

    [Fact]
    public async Task Reread_SellerChangesMeanwhile_WritesNothing()
    {
        var product = new ProductId(Seller.GetStock()[0].ProductId);
        await AskAsync(product);
        Seller.SetQuantity(product.Value, 77);
        var held = await QuantitiesAsync();
        _exports.AfterRead = ConnectOtherAsync;

        await Should.ThrowAsync<SyncFencedException>(() => Rereading.RunAsync(Account));

        (await QuantitiesAsync()).ShouldBe(held);
    }

    [Fact]
    public async Task Fetch_CardTraderFails_TriesAgainLater()
    {
        await Store.Services.GetRequiredService<OrderApplication>().AskAsync(await AccountAsync(Account), [new OrderId(42)], default);
        Marketplace.Faults.Add(new FaultRule { Endpoint = "GET /orders/:id", Action = FaultAction.Status, Status = 422 });

        (await Polling.FetchRequestedAsync(Account)).ShouldBe(0);

        (await Store.Stock.ListFetchesAsync(Account, 10)).ShouldBeEmpty("it is not due yet");
        CallsOf("/orders/42").ShouldBe(1);
    }

    [Fact]
    public async Task Reread_ManyRequestsOfOneBlueprint_IsOneCall()
    {
        var blueprint = Seller.GetStock()[0].BlueprintId;
        var products = Seller.ProductsOf(blueprint).Select(product => product.Id).ToArray();
        for (var i = 0; i < 5; i++)
        {
            var order = Marketplace.Orders.Place(Seller, Seller.ProductsOf(blueprint).First(product => product.Quantity > 0).Id, 1);
            await Polling.RunAsync(Account);
            if (order is not null)
            {
                Marketplace.Orders.Cancel(order, relist: true);
            }

            await Polling.RunAsync(Account);
        }

        var before = ExportCalls;
        var early = await Rereading.RunAsync(Account);
        _time.Advance(early.NextIn.ShouldNotBeNull("a read that began now might not have seen what was asked for"));
        var result = await Rereading.RunAsync(Account);

        (early.Blueprints, ExportCalls - before, result.Blueprints, result.Postponed, result.NextIn).ShouldBe((0, 1, 1, 0, null));
        result.Products.ShouldBeGreaterThanOrEqualTo(products.Length == 0 ? 0 : 1);
        (await Store.Stock.ListRereadsAsync(Account, 10)).ShouldBeEmpty();
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Reread_MarketplaceIsDown_WaitsAndTheNextSnapshotMeetsIt()
    {
        var product = Seller.GetStock().First(level => level.Quantity > 1).ProductId;
        var order = Marketplace.Orders.Place(Seller, product, 1)!;
        await Polling.RunAsync(Account);
        Marketplace.Orders.Cancel(order, relist: true);
        await Polling.RunAsync(Account);
        Marketplace.Faults.Add(new FaultRule { Endpoint = "GET /products/export", Times = 1, Action = FaultAction.Status, Status = 422 });

        _time.Advance(TimeSpan.FromSeconds(5));
        var down = await Rereading.RunAsync(Account);
        _time.Advance(TimeSpan.FromSeconds(5));
        var synced = await SyncAsync();

        (down.Postponed, down.Changed).ShouldBe((1, 0));
        synced.Succeeded.ShouldBeTrue(synced.Error);
        await ShouldEqualMarketplaceAsync();
        _time.Advance(TimeSpan.FromDays(1));
        (await Store.Stock.ListRereadsAsync(Account, 10)).ShouldBeEmpty("the snapshot met it");
    }

    [Fact]
    public async Task Reread_ProductSoldOut_IsSetToZero()
    {
        var level = Seller.GetStock().First(level => level.Quantity > 1);
        var order = Marketplace.Orders.Place(Seller, level.ProductId, level.Quantity)!;
        await Polling.RunAsync(Account);
        Marketplace.Orders.Cancel(order, relist: false);
        await Polling.RunAsync(Account);
        _time.Advance(TimeSpan.FromSeconds(5));

        await Rereading.RunAsync(Account);

        var item = (await Store.Inventory.FindAsync(Account, new ProductId(level.ProductId))).ShouldNotBeNull();
        (item.Quantity, item.Status).ShouldBe((0, Sync.ItemStatus.SoldOut));
    }

    [Fact]
    public async Task Reread_AskedByAFastClock_IsReadAndMetAtOnce()
    {
        await AskAsync(new ProductId(Seller.GetStock()[0].ProductId));

        var first = await Rereading.RunAsync(Account);

        (first.Blueprints, first.NextIn).ShouldBe((1, null));
        (await Store.Stock.ListRereadsAsync(Account, 10)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Sync_SaleWhileTheMarketplaceWasLooking_SignalsTheRead()
    {
        var product = Seller.GetStock().First(level => level.Quantity > 1).ProductId;
        Marketplace.Orders.Place(Seller, product, 1);
        await Polling.RunAsync(Account);
        _signal.Raised.Clear();

        (await SyncAsync()).Succeeded.ShouldBeTrue();

        _signal.Raised.ShouldContain((Account, WorkKind.Reread), "a sale within the window may or may not be in the export");
    }

    [Fact]
    public async Task Run_TokenIsRefused_StopsTheAccount()
    {
        Marketplace.Seller().Token = "regenerated";

        await Should.ThrowAsync<Client.Errors.CardTraderAuthenticationException>(() => Polling.RunAsync(Account));

        var calls = Marketplace.Calls.All().Count;
        await Should.ThrowAsync<AccountStoppedException>(() => Polling.RunAsync(Account));
        await Should.ThrowAsync<AccountStoppedException>(() => Rereading.RunAsync(Account));
        Marketplace.Calls.All().Count.ShouldBe(calls);
    }

    private int CallsOf(string path) =>
        Marketplace.Calls.All().Count(call => call.Method == "GET" && call.Path.StartsWith(path, StringComparison.Ordinal));

    private async Task<int[]> QuantitiesAsync() => [.. (await ItemsAsync(Account)).Values.Select(item => item.Quantity)];

    private Task<OrderPosition> PositionAsync() => Store.Stock.GetOrderPositionAsync(Account);

    private async Task AskAsync(ProductId product)
    {
        await using var session = await Store.Stock.OpenAsync(Account);
        await session.LoadAsync(new StockScope());
        await session.SaveAsync(new StockWrites { Rereads = [new RereadRequest(product, null, _time.GetUtcNow().AddMinutes(5))] });
    }

    /// <summary>Connects the account to another seller, once.</summary>
    private async Task ConnectOtherAsync()
    {
        _orders.Clear();
        _exports.Clear();
        await Store.AccountService.ConnectAsync(Account, "other-token-0");
    }

    protected override void Configure(CardTraderSimulatorOptions options) => options.TimeProvider = _time;

    private sealed class RecordedSignals : IWorkSignal
    {
        public List<(AccountId Account, WorkKind Kind)> Raised { get; } = [];

        public void Raise(AccountId accountId, WorkKind kind) => Raised.Add((accountId, kind));
    }
}
