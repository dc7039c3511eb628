using BrxSync.Hosting.Jobs;
using BrxSync.Simulator;
using BrxSync.Store.Compliance.Changes;
using BrxSync.Sync;

namespace BrxSync.Fleet.Tests;

/// <summary>One seller: what he and his buyers do on both sides, and what must be true in the end.</summary>
internal sealed class FleetShop(Fleet fleet, AccountId account, SimulatedSeller seller, int seed)
{
    private const int Looked = 40;

    private readonly ChangeStory _story = new(seller, fleet.Marketplace, fleet.Get<IChanges>(), account, seed);
    private readonly Random _random = new(seed);

    public AccountId Account => account;

    /// <summary>Gets what the seller did, and how purchases ended.</summary>
    public Dictionary<PurchaseOutcome, int> Purchases { get; } = [];

    public int Steps { get; private set; }

    public async Task ConnectAsync() => await fleet.Get<IAccounts>().ConnectAsync(account, seller.Name);

    public async Task StartSyncAsync(bool joinLive = true) =>
        await fleet.Get<IBrxSyncJobs>().StartSyncAsync(account, joinLive: joinLive);

    public async Task BeginAsync() => await _story.BeginAsync(await ListAsync(int.MaxValue));

    /// <summary>Edits, sells, buys, until it is told to end.</summary>
    public async Task TradeAsync(CancellationToken until)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(150));
        while (!until.IsCancellationRequested)
        {
            _story.Refresh(await ListAsync(Looked));
            if (_random.Next(5) == 0)
            {
                await PurchaseAsync();
            }
            else
            {
                await _story.HappenAsync();
            }

            Steps++;
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    /// <summary>At rest: nothing happened twice, nothing is on its way; and what a read of everything finds is what is held.</summary>
    public async Task ShouldBeWholeAsync() => await _story.ShouldBeWholeAsync(await ListAsync(int.MaxValue));

    /// <summary>After a read of everything: what is held is what the marketplace has.</summary>
    public async Task ShouldEqualMarketplaceAsync()
    {
        var undecided = await _story.UndecidedOffersAsync();
        var held = (await ListAsync(int.MaxValue))
            .Where(item => item.Quantity > 0 && !(item.ProductId is null && undecided.Contains(item.Id)))
            .ToDictionary(item => item.ProductId?.Value ?? -item.Id, item => (item.Quantity, (int)item.Price!.Value.Cents));
        held.ShouldBe(
            seller.GetStock().ToDictionary(
                level => level.ProductId, level => (level.Quantity, seller.FindProduct(level.ProductId)!.PriceCents)),
            ignoreOrder: true,
            await _story.TellAsync());
    }

    private async Task PurchaseAsync()
    {
        var items = (await ListAsync(Looked)).Where(item => item is { Quantity: > 0, ProductId: not null }).ToArray();
        if (items.Length == 0)
        {
            return;
        }

        var item = items[_random.Next(items.Length)];
        _story.Note($"purchase {item.Id}");
        var result = await fleet.Get<IPurchases>().PurchaseAsync(account, item.Id, _random.Next(1, 3), $"cart {seed} {Guid.NewGuid():N}");
        Purchases[result.Outcome] = Purchases.GetValueOrDefault(result.Outcome) + 1;
    }

    private async Task<IReadOnlyList<InventoryItem>> ListAsync(int most)
    {
        var items = new List<InventoryItem>();
        await foreach (var item in fleet.Get<IStock>().StreamAsync(account))
        {
            items.Add(item);
            if (items.Count == most)
            {
                break;
            }
        }

        return items;
    }
}
