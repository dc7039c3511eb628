using BrxSync.Simulator.Orders;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Simulator.Tests.Control;

/// <summary>A thousand random histories of calls, sales, edits, jobs and imports; after each the books must balance.</summary>
public sealed class RandomHistoryTests : SimulatorTest
{
    private readonly FakeTimeProvider time = new();

    protected override CardTraderSimulatorOptions Options() => new()
    {
        TimeProvider = time,
        Jobs = { ElementDuration = TimeSpan.FromMilliseconds(40) },
        Sellers = { new SellerOptions { Products = 40 }, new SellerOptions { Name = "buyer", Products = 15 } },
    };

    [Theory]
    [InlineData(0)]
    [InlineData(250)]
    [InlineData(500)]
    [InlineData(750)]
    public async Task Books_AfterRandomHistories_Balance(int firstSeed)
    {
        for (var seed = firstSeed; seed < firstSeed + 250; seed++)
        {
            Host.Reset();
            var history = new RandomHistory(Host, time, new Random(seed), SendAsync);
            try
            {
                await history.RunAsync(24);
                await CheckAsync(history);
            }
            catch (ShouldAssertException error)
            {
                throw new ShouldAssertException($"Seed {seed}: {string.Join(" | ", history.Commands)}\n{error.Message}", error);
            }
        }
    }

    private async Task CheckAsync(RandomHistory history)
    {
        Host.CheckInvariants().ShouldBeEmpty();
        foreach (var seller in Host.Sellers)
        {
            var exported = (await GetAsync("products/export", seller.Token)).Json.EnumerateArray()
                .Select(row => (row.GetProperty("id").GetInt64(), row.GetProperty("quantity").GetInt32())).Order();
            exported.ShouldBe(seller.GetStock().Select(level => (level.ProductId, level.Quantity)).Order());
            seller.GetStock().ShouldAllBe(level => level.Quantity > 0);
        }

        foreach (var (instant, stock) in history.Remembered)
        {
            Demo.GetStock(instant).Select(level => (level.ProductId, level.Quantity)).Order().ShouldBe(stock);
        }

        Host.Orders.All(Demo).Where(order => order.State == OrderStates.Closed).ShouldAllBe(order => !order.AsBuyer && order.ViaZero);
    }
}
