// example: test
using BrxSync.Simulator;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
// end

namespace BrxSync.Hosting.Tests.Examples;

// example: test
public sealed class SaleTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Sale_OnTheMarketplace_LowersTheLocalStock()
    {
        await using var marketplace = await CardTraderSimulatorHost.StartAsync();
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration["BrxSync:CardTrader:BaseAddress"] = marketplace.BaseAddress.ToString();
        builder.Configuration["BrxSync:Sqlite:Path"] = Path.Combine(folder.FullName, "stock.db");
        builder.AddBrxSync(brxSync => brxSync.WithoutJobs());
        using var host = builder.Build();
        await host.StartAsync();

        var seller = marketplace.Seller();
        var account = await host.Services.GetRequiredService<IAccounts>().ConnectAsync(AccountId.Create(), seller.Token);
        marketplace.Orders.Place(seller, seller.GetStock()[0].ProductId);
        await host.Services.GetRequiredService<IFullSync>().RunAsync(new SyncRequest { AccountId = account.Id });

        var stock = await host.Services.GetRequiredService<IStock>().SummarizeAsync(account.Id);
        Assert.Equal(seller.GetStock().Sum(level => level.Quantity), stock.Units);
    }
}
// end
