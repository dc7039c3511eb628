using BrxSync.Client.RateLimiting;
using BrxSync.Simulator;
using BrxSync.Store.Compliance.Histories;
using BrxSync.Store.Compliance.Webhooks;
using BrxSync.Sync;
using BrxSync.Sync.Rereads;
using BrxSync.Sync.Runs;
using BrxSync.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Store.Compliance;

/// <summary>
/// A shop of one seller, kept by several hosts on one store, each with a wall clock of its own. Webhooks wait until they are sent.
/// </summary>
public abstract class ShopSuite : MarketplaceSuite
{
    private readonly Interleaving _interleaving = new();
    private readonly List<ShopHost> _hosts = [];

    private protected ManualTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 2, 9, 0, 0, TimeSpan.Zero));

    protected override int Products => 12;

    /// <summary>What happens around the reads of the stock, of whichever host.</summary>
    private protected Interleaving Interleaving => _interleaving;

    /// <summary>Changes what each host is made of; set it before the suite is initialized.</summary>
    private protected Action<Hosting.BrxSyncBuilder> Also { get; set; } = _ => { };

    /// <summary>The host that took part in everything so far.</summary>
    private protected ShopHost Host => _hosts[0];

    private ShopHost Receiving { get; set; } = null!;

    public override async Task InitializeAsync()
    {
        Store.Extra = brx =>
        {
            brx.Services.AddSingleton<IRateLimiter>(new FreeLimiter());
            brx.WithoutJobs().HttpClient.AddHttpMessageHandler(() => new InterleavingHandler(_interleaving));
            Also(brx);
        };
        await base.InitializeAsync();
        Receiving = StartHost();
        (await Host.FullSync.RunAsync(new SyncRequest { AccountId = Account })).Succeeded.ShouldBeTrue();
        Time.Advance(TimeSpan.FromSeconds(30));
    }

    public override async Task DisposeAsync()
    {
        foreach (var host in _hosts)
        {
            await host.Services.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    protected override void Configure(CardTraderSimulatorOptions options)
    {
        options.TimeProvider = Time;
        options.Webhooks.Hold = true;
        options.WebhookTransport = new WebhookReceiver(() => Receiving.Intake, _ => Seller);
        options.Sellers[0].WebhookUrl = new Uri($"http://host/webhooks/{Account}");
    }

    /// <summary>Starts another process on the same store: it knows nothing of the marketplace's clock yet.</summary>
    private protected ShopHost StartHost(Func<TimeProvider, TimeProvider>? around = null)
    {
        var clock = new HostClock(Time);
        var own = around?.Invoke(clock) ?? clock;
        _hosts.Add(new ShopHost(clock, Store.BuildAnother(Marketplace.BaseAddress, brx => brx.Services.AddSingleton(own))));
        return _hosts[^1];
    }

    /// <summary>Sends the webhooks that wait to a host.</summary>
    private protected async Task SendWebhooksAsync(ShopHost? host = null)
    {
        Receiving = host ?? Host;
        await Marketplace.Webhooks.FlushAsync();
        Marketplace.Webhooks.All().ShouldAllBe(delivery => delivery.State != Simulator.Webhooks.WebhookState.Failed);
    }

    /// <summary>Does what waits, as the jobs would, until nothing is due; fails when that takes long.</summary>
    private protected async Task SettleAsync(ShopHost? host = null)
    {
        for (var round = 0; round < 60; round++)
        {
            await (host ?? Host).Polling.FetchRequestedAsync(Account);
            if (await DueAsync() == 0)
            {
                return;
            }

            var read = await (host ?? Host).Rereading.RunAsync(Account);
            Time.Advance(read.NextIn ?? TimeSpan.FromSeconds(1));
        }

        (await Store.Stock.ListRereadsAsync(Account, 100)).ShouldBeEmpty("what was due is due for ever");
    }

    private protected async Task<int> DueAsync() =>
        (await Store.Stock.ListRereadsAsync(Account, 100)).Count + (await Store.Stock.ListFetchesAsync(Account, 100)).Count;

    private protected async Task<int> HeldAsync(long product) =>
        (await ItemsAsync(Account))[product.ToString(System.Globalization.CultureInfo.InvariantCulture)].Quantity;

    /// <summary>Gives a product of which there are at least so many copies.</summary>
    private protected long ProductWith(int copies)
    {
        var level = Seller.GetStock()[0];
        Seller.SetQuantity(level.ProductId, copies);
        return level.ProductId;
    }
}

/// <summary>One process of the shop.</summary>
internal sealed record ShopHost(HostClock Clock, ServiceProvider Services)
{
    public IFullSync FullSync => Services.GetRequiredService<IFullSync>();

    public IOrderPolling Polling => Services.GetRequiredService<IOrderPolling>();

    public IRereads Rereading => Services.GetRequiredService<IRereads>();

    public IWebhooks Intake => Services.GetRequiredService<IWebhooks>();
}
