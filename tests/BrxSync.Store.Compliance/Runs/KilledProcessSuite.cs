using System.Diagnostics;
using System.Globalization;
using BrxSync.Simulator;
using BrxSync.Sync;

namespace BrxSync.Store.Compliance.Runs;

/// <summary>Kills a process at random moments of its sync; the next one must always end in equal stock.</summary>
public abstract class KilledProcessSuite : StoreSuite
{
    private readonly AccountId _account = AccountId.Create();
    private CardTraderSimulatorHost? _marketplace;

    /// <summary>What the process is given to find the store.</summary>
    protected abstract string StoreArgument { get; }

    public override async Task InitializeAsync()
    {
        var options = new CardTraderSimulatorOptions();
        options.Sellers.Add(new SellerOptions { Token = "t", Products = 3_000 });
        _marketplace = await CardTraderSimulatorHost.StartAsync(options);
        await Store.StartAsync(_marketplace.BaseAddress);
        await Store.AccountService.ConnectAsync(_account, "t");
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _marketplace!.DisposeAsync();
    }

    [Theory]
    [InlineData(SyncMode.Whole, 20)]
    [InlineData(SyncMode.ByExpansion, 10)]
    public async Task Run_KilledAtRandomMoments_TheNextRunEndsInEqualStock(SyncMode mode, int kills)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var killed = 0;
        for (var round = 0; killed < kills; round++)
        {
            round.ShouldBeLessThan(kills * 3, $"only {killed} of the runs could be killed before they ended, seed {seed}");
            _marketplace!.Seller().ChangeProducts(changed: 40, added: 10, removed: 5, seed: round + 1);
            killed += await KillAsync(random, mode) ? 1 : 0;

            var result = await Store.FullSync.RunAsync(new() { AccountId = _account, Mode = mode });

            result.Status.ShouldBe(OperationStatus.Completed, $"seed {seed}, round {round}: {result.Error}");
            await ShouldBeSoundAsync($"seed {seed}, round {round}");
        }
    }

    /// <summary>
    /// Starts a sync in a process of its own and kills it a random time after a random phase; false when it ended before.
    /// </summary>
    private async Task<bool> KillAsync(Random random, SyncMode mode)
    {
        using var process = SyncProcess.Start(StoreArgument, _marketplace!.BaseAddress, _account, mode.ToString());
        var lines = random.Next(1, 5);
        string? line = null;
        while (lines-- > 0 && (line = await process.StandardOutput.ReadLineAsync()) is not null)
        {
        }

        // Somewhat further into the phase, spun because timers are too coarse for that; reading many exports takes longer than one.
        var moment = Stopwatch.GetTimestamp() + (random.Next(mode == SyncMode.Whole ? 20 : 120) * Stopwatch.Frequency / 1000);
        SpinWait.SpinUntil(() => Stopwatch.GetTimestamp() >= moment);
        var alive = line is not null && !process.HasExited;
        process.Kill();
        var rest = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return alive && !rest.Contains("Completed", StringComparison.Ordinal);
    }

    private async Task ShouldBeSoundAsync(string when)
    {
        var items = await ItemsAsync(_account);
        items.Values
            .Where(item => item.Quantity > 0)
            .ToDictionary(item => item.ProductId.ToString()!, item => item.Quantity, StringComparer.Ordinal)
            .ShouldBe(
            _marketplace!
                .Seller()
                .GetStock()
                .ToDictionary(level => level.ProductId.ToString(CultureInfo.InvariantCulture), level => level.Quantity),
            ignoreOrder: true,
            when);
        (await Store.Operations.ListAsync(_account, 200)).ShouldAllBe(operation => !operation.IsLive, when);
        (await Store.Accounts.FindAsync(_account))!.Status.ShouldBe(AccountStatus.Active, when);
        foreach (var (id, quantity) in await ReplayAsync(_account))
        {
            (items.GetValueOrDefault(id)?.Quantity ?? 0).ShouldBe(quantity, $"{when}, product {id}");
        }
    }
}
