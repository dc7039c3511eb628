using BrxSync.Simulator;
using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Webhooks;
using BrxSync.Sync;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Store.Compliance.Histories;

/// <summary>
/// A random history of one seller: life goes on at the marketplace, its webhooks arrive twice, shuffled, days late, incomplete or not at
/// all, and the hosts sync, poll, fetch and read again, with sales, and reads of each other, before and after the marketplace looked. Their
/// wall clocks are set at any moment; in one history in three the marketplace's is too.
/// </summary>
internal sealed class MarketHistory(
    CardTraderSimulatorHost market,
    SimulatedSeller seller,
    FakeTimeProvider time,
    IReadOnlyList<ShopHost> hosts,
    AccountId account,
    Interleaving interleaving,
    int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<string> _steps = [];

    /// <summary>Gets the host that receives the next webhook.</summary>
    public ShopHost Receiver => Any();

    public override string ToString() => $"seed {seed}: {string.Join(", ", _steps)}";

    /// <summary>Plays it and lets everything come to rest: all webhooks in, orders polled, one read after the last change.</summary>
    public async Task PlayAsync()
    {
        for (var step = _random.Next(12, 45); step > 0; step--)
        {
            await StepAsync(_random.Next(100));
        }

        _steps.Add("rest");
        market.Webhooks.Behavior.Detail = OrderDetail.Full;
        market.Webhooks.Behavior.Loss = 0;
        await market.Webhooks.FlushAsync(_random.Next());
        Advance(TimeSpan.FromMinutes(5));
        foreach (var host in hosts)
        {
            // Each has heard of the marketplace's clock by now.
            await host.Polling.RunAsync(account);
            await host.Polling.RunAsync(account);
        }

        await PollAsync();
        await ReadAgainAsync();
        var reads = 0;
        do
        {
            (++reads).ShouldBeLessThanOrEqualTo(Sync.Stock.Guard.SnapshotGuard.AgreeingSnapshots, $"{this}");
            Advance(TimeSpan.FromMinutes(5));
        }
        while (await SyncAsync() == OperationStatus.Withheld);
        await SettleAsync();
    }

    private async Task StepAsync(int choice)
    {
        switch (choice)
        {
            case < 45:
                MarketStep();
                break;
            case < 51:
                Note("wait", () => Advance(Pause()));
                break;
            case 51:
                Note("our clock", () => Any().Clock.Error += Step());
                break;
            case 52:
                Note("their clock", () => market.Clock.Skew += seed % 3 == 0 ? Step() : TimeSpan.Zero);
                break;
            case < 70:
                Mishap();
                _steps.Add("webhooks");
                await market.Webhooks.FlushAsync(_random.Next(3) == 0 ? null : _random.Next());
                break;
            case < 74:
                Note("webhooks lost", () => market.Webhooks.Drop());
                break;
            case < 77:
                Note("webhook again", RepeatOne);
                break;
            case < 83:
                await PollAsync();
                break;
            case < 91:
                await ReadAgainAsync();
                break;
            default:
                await SyncAsync();
                break;
        }
    }

    private void MarketStep()
    {
        var choice = _random.Next(20);
        try
        {
            switch (choice)
            {
                case < 4:
                    Note("buy", () => market.Orders.Place(seller, Lines(), OrderKind.Direct));
                    break;
                case < 8:
                    Note("buy zero", () => market.Orders.Place(seller, Lines(), OrderKind.Zero));
                    break;
                case 8:
                    Note("buy presale", () => market.Orders.Place(seller, Lines(), OrderKind.Presale));
                    break;
                case 9:
                    Note("buy pending", () => market.Orders.Place(seller, Lines(), OrderKind.Direct, paymentPending: true));
                    break;
                case 10:
                    Note("merge", () => market.Orders.MergeWeekly(seller));
                    break;
                case 11:
                    Note("edit", () => seller.SetQuantity(Product(), _random.Next(7)));
                    break;
                case 12:
                    Note("list", () => seller.ChangeProducts(2 * _random.Next(2), added: 1, seed: _random.Next(10_000)));
                    break;
                default:
                    MoveAnOrder();
                    break;
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or KeyNotFoundException)
        {
            // The state of the order, or an empty shop, forbids it: nothing happened.
            _steps.Add("(not)");
        }
    }

    private void MoveAnOrder()
    {
        var orders = market.Orders.All(seller);
        if (orders.Count == 0)
        {
            return;
        }

        var order = orders[_random.Next(orders.Count)];
        var relist = _random.Next(2) == 0;
        (string Name, Action Move)[] moves =
        [
            ("pay", () => market.Orders.Pay(order)), ("ship", () => market.Orders.Ship(order)),
            ("arrive", () => market.Orders.Arrive(order)),
            ("complete", () => market.Orders.Complete(order)), ("lose", () => market.Orders.Lose(order)),
            ("ask to cancel", () => market.Orders.RequestCancellation(order)), ("refuse", () => market.Orders.RefuseCancellation(order)),
            ("cancel", () => market.Orders.Cancel(order, relist)), ("cancel", () => market.Orders.Cancel(order, relist)),
            ("drop item", () => market.Orders.DeleteItem(order, order.Items[0].Id, relist)),
            ("destroy", () => market.Orders.Destroy(order, relist)),
            ("end presale", () => market.Orders.EndPresale(order)),
        ];
        var (name, move) = moves[_random.Next(moves.Length)];
        Note($"{name} {order.Id}", move);
    }

    private void Mishap()
    {
        var behavior = market.Webhooks.Behavior;
        behavior.Detail = _random.Next(8) switch { 0 =>
            OrderDetail.WithoutItems, 1 => OrderDetail.WithoutProductIds, 2 => OrderDetail.WithoutLastItem, _ => OrderDetail.Full };
        behavior.DestroyData = (DestroyData)_random.Next(Enum.GetValues<DestroyData>().Length);
        market.Orders.Behavior.MergeKeepsItemIds = _random.Next(2) == 0;
        market.Orders.Behavior.CancelledVariant = _random.Next(2) == 0;
        market.Orders.Behavior.OmitNullHubPendingOrderId = _random.Next(2) == 0;
        market.Orders.Behavior.SplitLines = _random.Next(2) == 0;
    }

    private void RepeatOne()
    {
        var sent = market.Webhooks.All().Where(delivery => delivery.Seller == seller.Name).ToList();
        if (sent.Count > 0)
        {
            market.Webhooks.Repeat(sent[^(1 + _random.Next(Math.Min(sent.Count, 20)))], newId: _random.Next(2) == 0);
        }
    }

    private async Task PollAsync()
    {
        _steps.Add("poll");
        var polling = Any().Polling;
        await polling.RunAsync(account);
        await polling.FetchRequestedAsync(account);
    }

    private async Task ReadAgainAsync()
    {
        _steps.Add("read again");
        var host = Any();
        await host.Polling.FetchRequestedAsync(account);
        Interleave();
        await host.Rereading.RunAsync(account);
        interleaving.Clear();
    }

    /// <summary>
    /// Edits on the website and sales whose webhooks were lost can take more than half of so few products: that is
    /// withheld, and nothing else is.
    /// </summary>
    private async Task<OperationStatus> SyncAsync()
    {
        _steps.Add("sync");
        Interleave();

        var result = await Any().FullSync.RunAsync(new SyncRequest { AccountId = account });
        interleaving.Clear();
        if (result.Status == OperationStatus.Withheld)
        {
            _steps.Add("withheld");
            result.Reasons.ShouldHaveSingleItem().ShouldContain("products on sale are gone", Case.Sensitive, $"{this}");
            return result.Status;
        }

        result.Status.ShouldBe(OperationStatus.Completed, $"{result.Error} in {this}");
        return result.Status;
    }

    /// <summary>
    /// Things happen right before the marketplace looks, and between its look and the answer; some of their webhooks overtake the answer.
    /// </summary>
    private void Interleave()
    {
        if (_steps.Contains("rest"))
        {
            return;
        }

        var (before, after) = (_random.Next(3) == 0, _random.Next(2) == 0);
        interleaving.BeforeRead = () => before ? HappenAsync() : Task.CompletedTask;
        interleaving.AfterRead = () => after ? HappenAsync() : Task.CompletedTask;
    }

    private async Task HappenAsync()
    {
        for (var i = _random.Next(1, 3); i > 0; i--)
        {
            Advance(TimeSpan.FromMilliseconds(_random.Next(2_500)));
            MarketStep();
        }

        Advance(TimeSpan.FromMilliseconds(_random.Next(2_500)));
        if (_random.Next(4) == 0)
        {
            _steps.Add("read meanwhile");
            interleaving.Clear();
            await Any().Rereading.RunAsync(account);
        }

        if (_random.Next(2) == 0)
        {
            _steps.Add("webhooks overtake");
            await market.Webhooks.FlushAsync();
        }
    }

    /// <summary>Reads what the last snapshot left in doubt.</summary>
    private async Task SettleAsync()
    {
        for (var round = 0; round < 6; round++)
        {
            Advance(TimeSpan.FromSeconds(10));
            await Any().Rereading.RunAsync(account);
        }
    }

    private ShopHost Any() => hosts[_random.Next(hosts.Count)];

    /// <summary>Seconds to hours, forward or back.</summary>
    private TimeSpan Step() => TimeSpan.FromSeconds(Math.Pow(10, _random.Next(5))) * (_random.Next(2) == 0 ? 1 : -1);

    private TimeSpan Pause() => _random.Next(10) switch
    {
        < 5 => TimeSpan.FromMilliseconds(_random.Next(3_000)),
        < 9 => TimeSpan.FromSeconds(_random.Next(600)),
        _ => TimeSpan.FromHours(_random.Next(70)),
    };

    private void Advance(TimeSpan by) => time.Advance(by);

    private void Note(string step, Action act)
    {
        _steps.Add(step);
        act();
        Advance(TimeSpan.FromMilliseconds(_random.Next(400)));
    }

    private List<OrderLine> Lines() =>
        [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => new OrderLine(Product(), _random.Next(1, 3)))];

    private long Product()
    {
        var levels = seller.GetStock();
        return levels.Count == 0 ? 1 : levels[_random.Next(levels.Count)].ProductId;
    }
}
