using System.Text.Json.Nodes;
using BrxSync.Client;
using BrxSync.Client.RateLimiting;
using BrxSync.Simulator;
using BrxSync.Simulator.Faults;
using BrxSync.Simulator.Orders;
using BrxSync.Store.Compliance.Histories;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Orders;
using BrxSync.Sync.Rereads;
using BrxSync.Sync.Retries;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance.Orders;

/// <summary>Orders that cannot be read: they keep no other from being applied, and end as dead letters for a person.</summary>
public abstract class GivenUpOrderSuite : MarketplaceSuite
{
    private const int Attempts = 3;

    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    private Action<JsonArray> _onTheWay = _ => { };

    protected override int Products => 60;

    private IOrderPolling Polling => Store.Services.GetRequiredService<IOrderPolling>();

    private IDeadLetters Letters => Store.Services.GetRequiredService<IDeadLetters>();

    public override async Task InitializeAsync()
    {
        Store.Extra = brx =>
        {
            brx.Services.AddSingleton<TimeProvider>(_time);
            brx.Services.AddSingleton<IRateLimiter>(new FreeLimiter());
            brx.WithoutJobs().HttpClient.AddHttpMessageHandler(() => new RewrittenAnswers("/orders", Rewrite));
            brx.ConfigureCardTrader(options => options.Resilience.Read.MaxRetries = 0);
            brx.Services.Configure<OrderPollingOptions>(
                options => (options.PageSize, options.ConfirmAfter, options.FetchAttempts) = (3, TimeSpan.Zero, Attempts));
        };
        await base.InitializeAsync();
        (await SyncAsync()).Succeeded.ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(5));
    }

    protected override void Configure(CardTraderSimulatorOptions options) => options.TimeProvider = _time;

    [Fact]
    public async Task Run_ARowWithoutId_IsADeadLetterAndTheOthersAreApplied()
    {
        var orders = PlaceMany(7);
        Break(orders[1], order => order["id"] = "none");

        var first = await Polling.RunAsync(Account);
        var second = await Polling.RunAsync(Account);

        (first.Read, first.Applied, first.Unreadable, second.Unreadable).ShouldBe((6, 6, 1, 1));
        await ShouldKnowAsync(orders.Where(order => order != orders[1]));
        var letter = (await ListAsync()).ShouldHaveSingleItem();
        (letter.Source, letter.Kind, letter.Status, letter.Attempts).ShouldBe(("orders", "unreadable_order", DeadLetterStatus.Open, 2));
        letter.Subject.ShouldStartWith("code ");
        (letter.ErrorCode, letter.Error).ShouldBe(("UNREADABLE_ORDER", letter.Error));
        letter.Error.ShouldContain("id");
        JsonNode.Parse(letter.Payload)!["rows"]!.GetValue<int>().ShouldBe(3);
        var position = await PositionAsync();
        (position.KnownUntil, position.LastOrder).ShouldBe((null, new OrderId(orders[^1].Id)));
        position.PolledAt.ShouldNotBeNull("the poll went on");
    }

    [Fact]
    public async Task Run_TheRowCanBeReadAgain_SettlesItsLetterOnceThePollWentFarBack()
    {
        var orders = PlaceMany(4);
        Break(orders[1], order => order["id"] = "none");
        await Polling.RunAsync(Account);
        _onTheWay = _ => { };

        var repaired = await Polling.RunAsync(Account);
        var held = (await PositionAsync()).KnownUntil;
        _time.Advance(TimeSpan.FromDays(1));
        await Polling.RunAsync(Account);

        repaired.Applied.ShouldBe(1);
        held.ShouldBeNull("a poll of the last days alone does not tell");
        (await ListAsync()).ShouldHaveSingleItem().Status.ShouldBe(DeadLetterStatus.Replayed);
        (await PositionAsync()).KnownUntil.ShouldNotBeNull();
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Replay_ARow_ThePollReadsItAtOnce()
    {
        var orders = PlaceMany(4);
        Break(orders[1], order => order["id"] = "none");
        await Polling.RunAsync(Account);
        var letter = (await ListAsync()).ShouldHaveSingleItem();

        await Letters.ReplayAsync(Account, letter.Id);
        await Polling.RunAsync(Account);
        var again = await ListAsync();
        _onTheWay = _ => { };
        await Letters.ReplayAsync(Account, again[0].Id);
        await Polling.RunAsync(Account);

        again.Select(row => (row.Subject, row.Status))
            .ShouldBe([(letter.Subject, DeadLetterStatus.Open), (letter.Subject, DeadLetterStatus.Replayed)]);
        (await PositionAsync()).KnownUntil.ShouldNotBeNull();
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Discard_ARow_IsForGood()
    {
        var orders = PlaceMany(4);
        Break(orders[1], order => order["id"] = "none");
        await Polling.RunAsync(Account);
        await Letters.DiscardAsync(Account, (await ListAsync())[0].Id, "an order of a test");

        await Polling.RunAsync(Account);
        var soon = (await PositionAsync()).KnownUntil;
        _time.Advance(TimeSpan.FromDays(1));
        await Polling.RunAsync(Account);

        (await ListAsync()).ShouldHaveSingleItem().Status.ShouldBe(DeadLetterStatus.Discarded);
        (await PositionAsync()).KnownUntil.ShouldNotBeNull().ShouldBeGreaterThan(soon.ShouldNotBeNull());
    }

    [Fact]
    public async Task Run_PagesFullOfRowsThatTellNothing_AreWalkedThrough()
    {
        var orders = PlaceMany(8);
        foreach (var order in orders[..6])
        {
            Break(order, row => (row["id"], row["code"]) = (null, null));
        }

        var polled = await Polling.RunAsync(Account);

        (polled.Read, polled.Unreadable).ShouldBe((2, 6));
        await ShouldKnowAsync(orders[6..]);
        (await ListAsync()).Select(letter => letter.Subject).ShouldAllBe(subject => subject.StartsWith("row "));
        (await ListAsync()).Count.ShouldBe(6);
    }

    [Fact]
    public async Task Run_ARowThatTellsItsIdAlone_IsFetchedByIt()
    {
        var orders = PlaceMany(4);
        Break(orders[1], order => order["state"] = null);

        var polled = await Polling.RunAsync(Account);

        (polled.Read, polled.ToFetch, polled.Fetched, polled.Unreadable).ShouldBe((3, 1, 1, 1));
        (await ListAsync()).ShouldBeEmpty();
        (await PositionAsync()).KnownUntil.ShouldNotBeNull();
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Fetch_InVainTooOften_BecomesADeadLetterThatHoldsTheOrders()
    {
        var order = await GiveUpAsync();

        var letter = (await ListAsync()).ShouldHaveSingleItem();
        (letter.Source, letter.Kind, letter.Subject, letter.Attempts, letter.ErrorCode)
            .ShouldBe(("orders", "order_fetch", $"{order.Id}", Attempts, "CARDTRADER_API_ERROR"));
        JsonNode.Parse(letter.Payload)!["upstream_status"]!.GetValue<int>().ShouldBe(422);
        (await PositionAsync()).KnownUntil.ShouldBeNull();

        var polled = await Polling.RunAsync(Account);
        (polled.ToFetch, polled.Unreadable).ShouldBe((0, 1));
        (await Store.Stock.ListFetchesAsync(Account, 10)).ShouldBeEmpty("a poll leaves it alone");
    }

    [Fact]
    public async Task Replay_AnOrder_IsFetchedAndTheOrdersAreKnown()
    {
        await GiveUpAsync();
        Marketplace.Faults.Clear();

        await Letters.ReplayAsync(Account, (await ListAsync())[0].Id);
        var polled = await Polling.RunAsync(Account);

        polled.Fetched.ShouldBe(1);
        (await PositionAsync()).KnownUntil.ShouldNotBeNull();
        await ShouldEqualMarketplaceAsync();
    }

    [Fact]
    public async Task Replay_AnOrderThatStillFails_IsTriedAsOftenAgain()
    {
        var order = await GiveUpAsync();
        await Letters.ReplayAsync(Account, (await ListAsync())[0].Id);

        await FetchAsync(Attempts - 1);
        var before = await ListAsync();
        await FetchAsync(1);

        before.ShouldHaveSingleItem().Status.ShouldBe(DeadLetterStatus.Replayed);
        (await ListAsync()).Select(letter => (letter.Subject, letter.Status, letter.Attempts)).ShouldBe(
            [($"{order.Id}", DeadLetterStatus.Open, Attempts), ($"{order.Id}", DeadLetterStatus.Replayed, Attempts)]);
    }

    [Fact]
    public async Task Discard_AnOrder_LetsTheOrdersGoOn()
    {
        await GiveUpAsync();

        await Letters.DiscardAsync(Account, (await ListAsync())[0].Id, "an order of a test");
        await Polling.RunAsync(Account);

        (await PositionAsync()).KnownUntil.ShouldNotBeNull();
        (await ListAsync()).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Fetch_OfAGivenUpOrderThatSomethingElseAskedFor_SettlesTheLetter()
    {
        var order = await GiveUpAsync();
        Marketplace.Faults.Clear();
        await using (var session = await Store.Stock.OpenAsync(Account))
        {
            await session.LoadAsync(new StockScope());
            await session.SaveAsync(new StockWrites { Fetches = [new OrderId(order.Id)] });
        }

        (await Polling.FetchRequestedAsync(Account)).ShouldBe(1);

        var letter = (await ListAsync()).ShouldHaveSingleItem();
        (letter.Status, letter.SettledBy, letter.Reason).ShouldBe((DeadLetterStatus.Replayed, null, "The order was fetched after all."));
    }

    [Fact]
    public async Task Fetch_WhileCardTraderIsInTrouble_IsTriedLonger()
    {
        await GiveUpAsync(tries: Attempts, new FaultRule { Endpoint = "GET /orders/:id", Action = FaultAction.Html, Status = 200 });
        (await ListAsync()).ShouldBeEmpty("an outage is no reason to give an order up");

        await FetchAsync(2 * Attempts);

        (await ListAsync()).ShouldHaveSingleItem().Attempts.ShouldBe(3 * Attempts);
    }

    [Fact]
    public async Task Account_IsConnectedToAnotherSeller_ForgetsWhatWasGivenUp()
    {
        await GiveUpAsync();

        await Store.AccountService.ConnectAsync(Account, "other-token-0");
        await Polling.RunAsync(Account);

        (await ListAsync()).ShouldBeEmpty();
        (await PositionAsync()).KnownUntil.ShouldNotBeNull();
    }

    private SimulatedOrder[] PlaceMany(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Marketplace.Orders.Place(Seller, Seller.GetStock()[i].ProductId, 1)!)];

    /// <summary>Places an order of which the list tells the id alone, and fetches it in vain.</summary>
    private async Task<SimulatedOrder> GiveUpAsync(int tries = Attempts, FaultRule? fault = null)
    {
        var order = PlaceMany(1)[0];
        Break(order, row => row["state"] = null);
        Marketplace.Faults.Add(fault ?? new FaultRule { Endpoint = "GET /orders/:id", Action = FaultAction.Status, Status = 422 });
        (await Polling.RunAsync(Account)).Fetched.ShouldBe(0);
        await FetchAsync(tries - 1);
        return order;
    }

    private async Task FetchAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _time.Advance(LongestPause.OfFetch);
            await Polling.FetchRequestedAsync(Account);
        }
    }

    /// <summary>Has the lists tell something else of an order than there is.</summary>
    private void Break(SimulatedOrder order, Action<JsonObject> change)
    {
        var before = _onTheWay;
        _onTheWay = rows =>
        {
            var found = rows.FirstOrDefault(row => row!["id"] is JsonValue id && id.TryGetValue(out long value) && value == order.Id);
            if (found is JsonObject row)
            {
                change(row);
            }

            before(rows);
        };
    }

    private string Rewrite(string body)
    {
        var rows = JsonNode.Parse(body)!.AsArray();
        _onTheWay(rows);
        return rows.ToJsonString();
    }

    private async Task<IReadOnlyList<DeadLetter>> ListAsync() => (await Letters.ListAsync(Account)).Items;

    private Task<OrderPosition> PositionAsync() => Store.Stock.GetOrderPositionAsync(Account);

    private async Task ShouldKnowAsync(IEnumerable<SimulatedOrder> orders)
    {
        await using var session = await Store.Stock.OpenAsync(Account);
        var loaded = await session.LoadAsync(new StockScope { AllOrders = true });
        loaded.Books.Orders.Orders.Keys.ShouldBe(orders.Select(order => new OrderId(order.Id)), ignoreOrder: true);
    }
}
