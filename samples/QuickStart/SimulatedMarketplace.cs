using System.Globalization;
using BrxSync.Client;
using BrxSync.Simulator;
using BrxSync.Sync;

namespace QuickStart;

/// <summary>The marketplace simulated in this process, with one seller.</summary>
internal sealed class SimulatedMarketplace : IMarketplace
{
    private const int MostAdded = 10;
    private const int MostRemoved = 5;

    private readonly CardTraderSimulatorHost host;
    private readonly SimulatedSeller seller;

    private SimulatedMarketplace(CardTraderSimulatorHost host, QuickStartArguments arguments)
    {
        this.host = host;
        seller = host.Sellers.Single();
        var source = arguments.Export is { } file ? $"from {Path.GetFileName(file)}" : "generated";
        Description = string.Create(
            CultureInfo.InvariantCulture, $"simulated at {host.BaseAddress}, {seller.ProductCount:N0} products, {source}");
        AccountId = AccountIds.Of($"simulated {arguments.Products} {(arguments.Export is null ? "" : Path.GetFullPath(arguments.Export))}");
    }

    public string Description { get; }

    public Uri? Address => host.BaseAddress;

    public string Token => seller.Token;

    public AccountId AccountId { get; }

    public static async Task<SimulatedMarketplace> StartAsync(QuickStartArguments arguments, CancellationToken cancellationToken)
    {
        var options = new SellerOptions { Products = arguments.Products ?? QuickStartArguments.DefaultProducts };
        if (arguments.Export is { } file)
        {
            options.Export = await File.ReadAllBytesAsync(file, cancellationToken);
        }

        var host = await CardTraderSimulatorHost.StartAsync(new CardTraderSimulatorOptions { Sellers = { options } }, cancellationToken);
        return new SimulatedMarketplace(host, arguments);
    }

    public string ChangeSomething()
    {
        var count = seller.ProductCount;
        var edits = seller.ChangeProducts(changed: Math.Max(1, count / 100), added: MostAdded, removed: Math.Min(MostRemoved, count / 10));
        return $"Meanwhile on the marketplace: {edits.Changed.Count} changed in quantity or price, {edits.Added.Count} added, "
            + $"{edits.Removed.Count} removed.";
    }

    /// <summary>The simulator tells what it truly has: not by way of the client whose work is compared.</summary>
    public Task<Dictionary<string, StockLine>> ReadStockAsync(ICardTraderClient client, CancellationToken cancellationToken) =>
        Task.FromResult(seller.GetStock().ToDictionary(
            level => level.ProductId.ToString(CultureInfo.InvariantCulture),
            level => new StockLine(level.BlueprintId, level.Quantity, level.PriceCents)));

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
