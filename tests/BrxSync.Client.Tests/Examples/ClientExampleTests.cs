using BrxSync.Client;
using BrxSync.Simulator;
using Microsoft.Extensions.DependencyInjection;

namespace BrxSync.Client.Tests.Examples;

public sealed class ClientExampleTests
{
    [Fact]
    public async Task ClientExample_OnTheSimulator_CountsTheStock()
    {
        await using var marketplace = await CardTraderSimulatorHost.StartAsync();
        var services = new ServiceCollection();
        services.Configure<CardTraderClientOptions>(options => options.BaseAddress = marketplace.BaseAddress);

        var (products, units) = await ClientExample.CountAsync(services, marketplace.Seller().Token);

        products.ShouldBe(marketplace.Seller().ProductCount);
        units.ShouldBe(marketplace.Seller().GetStock().Sum(level => (long)level.Quantity));
    }
}
