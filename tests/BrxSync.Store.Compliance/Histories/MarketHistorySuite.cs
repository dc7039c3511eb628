using System.Globalization;
using BrxSync.Client.RateLimiting;
using BrxSync.Simulator;
using BrxSync.Store.Compliance.Webhooks;
using BrxSync.Sync;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Store.Compliance.Histories;

/// <summary>
/// Random histories end to end: a running marketplace with signed webhooks, the client, the engine and a real store. At rest the stock
/// equals the marketplace's, quantities and prices, and the journal replays to both. Set BRXSYNC_SEED to play one seed again.
/// </summary>
public abstract class MarketHistorySuite : StoreSuite
{
    private const int Histories = 300;
    private const int FirstSeed = 4_000;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly Interleaving _interleaving = new();
    private readonly Dictionary<Guid, SimulatedSeller> _sellers = [];
    private readonly List<ShopHost> _hosts = [];
    private MarketHistory? _playing;
    private CardTraderSimulatorHost? _market;

    public override async Task InitializeAsync()
    {
        var options = new CardTraderSimulatorOptions
        {
            TimeProvider = _time,
            WebhookTransport = new WebhookReceiver(() => _playing!.Receiver.Intake, account => _sellers[account]),
        };
        for (var i = 0; i < Histories; i++)
        {
            options.Sellers.Add(new SellerOptions { Name = Name(i), Token = $"token-{i}", Products = 3 + (i % 6) });
        }

        options.Webhooks.Hold = true;
        _market = await CardTraderSimulatorHost.StartAsync(options);
        Store.Extra = brx =>
        {
            brx.Services.AddSingleton<TimeProvider>(_time);
            brx.Services.AddSingleton<IRateLimiter>(new FreeLimiter());
            brx.HttpClient.AddHttpMessageHandler(() => new InterleavingHandler(_interleaving));
        };
        await Store.StartAsync(_market.BaseAddress);
        for (var i = 0; i < 2; i++)
        {
            var clock = new HostClock(_time);
            _hosts.Add(new ShopHost(clock, Store.BuildAnother(
                _market.BaseAddress, brx => brx.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)))));
        }
    }

    public override async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.Services.DisposeAsync();
        }

        await base.DisposeAsync();
        await _market!.DisposeAsync();
    }

    [Fact]
    public async Task Play_RandomHistories_StockEqualsTheMarketplaceAtRest()
    {
        var only = int.TryParse(Environment.GetEnvironmentVariable("BRXSYNC_SEED"), out var seed) ? seed : (int?)null;
        for (var i = 0; i < Histories; i++)
        {
            if (only is null || only == FirstSeed + i)
            {
                await PlayAsync(_market!.Seller(Name(i)), FirstSeed + i);
            }
        }

        _market!.CheckInvariants().ShouldBeEmpty();
    }

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"seller-{number}");

    private async Task PlayAsync(SimulatedSeller seller, int seed)
    {
        var account = AccountId.Create();
        _sellers[account.Value] = seller;
        seller.WebhookUrl = new Uri($"http://host/webhooks/{account}");
        await Store.AccountService.ConnectAsync(account, seller.Token);
        var history = _playing = new MarketHistory(_market!, seller, _time, _hosts, account, _interleaving, seed);
        await history.PlayAsync();

        var local = (await ItemsAsync(account)).Values.Where(item => item.Quantity > 0)
            .ToDictionary(item => item.ProductId.ToString()!, item => (item.Quantity, item.Price!.Value.Cents));
        var remote = seller.GetStock().ToDictionary(
            level => level.ProductId.ToString(CultureInfo.InvariantCulture),
            level => (level.Quantity, (long)seller.FindProduct(level.ProductId)!.PriceCents));
        local.ShouldBe(remote, ignoreOrder: true, $"{history}");
        var replayed = await ReplayAsync(account);
        foreach (var item in (await ItemsAsync(account)).Values)
        {
            replayed.GetValueOrDefault(item.ProductId.ToString()!)
                .ShouldBe(item.Quantity, $"journal of {item.ProductId.ToString()} in {history}");
        }

        (await Store.Stock.ListFetchesAsync(account, 10)).ShouldBeEmpty($"{history}");
        (await Store.Stock.ListRereadsAsync(account, 10)).ShouldBeEmpty($"{history}");
        _market!.Webhooks.All().Where(delivery => delivery.State == Simulator.Webhooks.WebhookState.Failed)
            .ShouldBeEmpty($"{history}");
    }
}
