using BrxSync.Client;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;
using QuickStart.Display;

namespace QuickStart;

/// <summary>Connects, synchronizes, lets the marketplace change, synchronizes again, compares.</summary>
internal sealed class SyncDemo(QuickStartArguments arguments, IDisplay display)
{
    /// <summary>Runs the whole demonstration.</summary>
    /// <returns>Whether both syncs succeeded and the local stock equals the marketplace's.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await using var marketplace = await OpenMarketplaceAsync(cancellationToken);
        using var folder = new TemporaryFolder();
        using var host = SyncHost.Build(arguments.Postgres, folder, marketplace.Address);
        await host.StartAsync(cancellationToken);
        try
        {
            return await RunAsync(host.Services, marketplace, cancellationToken);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

    private async Task<bool> RunAsync(IServiceProvider services, IMarketplace marketplace, CancellationToken cancellationToken)
    {
        display.Say($"Marketplace: {marketplace.Description}");
        display.Say($"Local stock: {(arguments.Postgres is null ? "SQLite, a temporary file" : "PostgreSQL")}");
        var account = await services.GetRequiredService<IAccounts>()
            .ConnectAsync(marketplace.AccountId, marketplace.Token, cancellationToken);
        display.Say($"Connected as {account.CardTraderAppName}, user {account.CardTraderUserId}.");

        var reports = new List<SyncReport> { await SyncAsync("first sync", services, account.Id, cancellationToken) };
        if (reports[0].Result.Succeeded)
        {
            display.Say(marketplace.ChangeSomething());
            reports.Add(await SyncAsync("second sync", services, account.Id, cancellationToken));
        }

        display.Show(reports);
        if (!reports.TrueForAll(report => report.Result.Succeeded))
        {
            display.Say("A sync did not succeed, so the local stock is not the marketplace's.");
            return false;
        }

        return await CompareAsync(services, account.Id, marketplace, cancellationToken);
    }

    private async Task<SyncReport> SyncAsync(
        string title, IServiceProvider services, AccountId account, CancellationToken cancellationToken)
    {
        var sync = services.GetRequiredService<IFullSync>();
        var result = await display.WatchAsync(
            title, progress => sync.RunAsync(new SyncRequest { AccountId = account }, progress, cancellationToken));
        if (!result.Succeeded)
        {
            display.Say($"{title}: {result.Status}. {result.Error}");
            foreach (var reason in result.Reasons.Where(reason => reason != result.Error))
            {
                display.Say($"  {reason}");
            }
        }

        return new SyncReport(title, result, PeakMemory.MiB());
    }

    private async Task<bool> CompareAsync(
        IServiceProvider services, AccountId account, IMarketplace marketplace, CancellationToken cancellationToken)
    {
        var theirs = await marketplace.ReadStockAsync(services.GetRequiredService<ICardTraderClient>(), cancellationToken);
        var ours = services.GetRequiredService<IStock>().StreamAsync(account, cancellationToken);
        var comparison = await StockComparison.OfAsync(ours, theirs, cancellationToken);
        display.Say(comparison.Describe());
        foreach (var difference in comparison.Differences)
        {
            display.Say($"  {difference}");
        }

        return comparison.Equal;
    }

    private async Task<IMarketplace> OpenMarketplaceAsync(CancellationToken cancellationToken) =>
        arguments.Token is { } token ? new RealMarketplace(token) : await SimulatedMarketplace.StartAsync(arguments, cancellationToken);
}
