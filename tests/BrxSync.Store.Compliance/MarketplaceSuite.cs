using BrxSync.Simulator;
using BrxSync.Sync;

namespace BrxSync.Store.Compliance;

/// <summary>A store beside a running marketplace, with one seller connected.</summary>
public abstract class MarketplaceSuite : StoreSuite
{
    protected const int Others = 6;
    private CardTraderSimulatorHost? _marketplace;

    protected AccountId Account { get; } = AccountId.Create();

    protected CardTraderSimulatorHost Marketplace => _marketplace!;

    protected SimulatedSeller Seller => Marketplace.Seller("demo");

    protected virtual int Products => 400;

    public override async Task InitializeAsync()
    {
        var options = new CardTraderSimulatorOptions();
        options.Sellers.Add(new SellerOptions { Name = "demo", Token = "demo-token", Products = Products });
        for (var i = 0; i < Others; i++)
        {
            options.Sellers.Add(new SellerOptions { Name = $"other-{i}", Token = $"other-token-{i}", Products = Products });
        }

        Configure(options);
        _marketplace = await CardTraderSimulatorHost.StartAsync(options);
        await Store.StartAsync(_marketplace.BaseAddress);
        await Store.AccountService.ConnectAsync(Account, "demo-token");
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Marketplace.DisposeAsync();
    }

    /// <summary>Changes how the marketplace starts.</summary>
    protected virtual void Configure(CardTraderSimulatorOptions options)
    {
    }

    protected Task<SyncResult> SyncAsync(bool dryRun = false, bool acceptShrink = false) =>
        Store.FullSync.RunAsync(new SyncRequest { AccountId = Account, DryRun = dryRun, AcceptFall = acceptShrink });

    protected async Task ShouldEqualMarketplaceAsync()
    {
        var local = (await ItemsAsync(Account)).Values.Where(item => item.Quantity > 0)
            .ToDictionary(item => item.ProductId.ToString()!, item => item.Quantity, StringComparer.Ordinal);
        var remote = Seller.GetStock().ToDictionary(
            level => level.ProductId.ToString(System.Globalization.CultureInfo.InvariantCulture),
            level => level.Quantity,
            StringComparer.Ordinal);
        local.ShouldBe(remote, ignoreOrder: true);
    }
}
