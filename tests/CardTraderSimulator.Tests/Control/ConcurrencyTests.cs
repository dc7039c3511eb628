using BrxSync.Simulator.Orders;

namespace BrxSync.Simulator.Tests.Control;

public sealed class ConcurrencyTests : SimulatorTest
{
    [Fact]
    public async Task Books_AfterSalesCallsEditsAndExportsAtOnce_Balance()
    {
        var levels = Demo.GetStock();
        Task[] work =
        [
            .. Enumerable.Range(0, 3).Select(worker => Task.Run(() => Sell(new Random(worker)))),
            Task.Run(() => CallAsync(new Random(10))),
            Task.Run(() => CallAsync(new Random(11))),
            Task.Run(() => Demo.ChangeProducts(100, 20, 20)),
            Task.Run(() => Describe(new Random(12))),
            Task.Run(ExportAsync),
        ];

        await Task.WhenAll(work);

        Host.CheckInvariants().ShouldBeEmpty();
        (await GetAsync("products/export")).Json.GetArrayLength().ShouldBe(Demo.ProductCount);

        void Sell(Random random)
        {
            for (var sale = 0; sale < 150; sale++)
            {
                var order = Host.Orders.Place(Demo, levels[random.Next(levels.Count)].ProductId, 1, (OrderKind)random.Next(3));
                if (order is not null && random.Next(3) == 0)
                {
                    Host.Orders.Cancel(order, relist: random.Next(2) == 0);
                }
            }
        }

        async Task CallAsync(Random random)
        {
            for (var call = 0; call < 100; call++)
            {
                await PostAsync(
                    $"products/{levels[random.Next(levels.Count)].ProductId}/increment", new { delta_quantity = random.Next(-2, 3) });
            }
        }

        void Describe(Random random)
        {
            for (var edit = 0; edit < 200; edit++)
            {
                if (Demo.FindProduct(levels[random.Next(levels.Count)].ProductId) is { } product)
                {
                    Demo.Stock.Change(product.Id, held => held with { Description = "edited" }, Stock.StockCause.Edit, "test");
                }
            }
        }

        async Task ExportAsync()
        {
            for (var download = 0; download < 10; download++)
            {
                var rows = (await GetAsync("products/export")).Json.EnumerateArray().ToList();
                rows.Select(row => row.GetProperty("id").GetInt64()).Distinct().Count().ShouldBe(rows.Count);
            }
        }
    }
}
