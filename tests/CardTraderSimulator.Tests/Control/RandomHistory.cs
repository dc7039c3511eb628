using BrxSync.Simulator.Orders;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Simulator.Tests.Control;

/// <summary>Draws commands, half of them calls of the API, half of them what happens on the website.</summary>
internal sealed class RandomHistory(
    CardTraderSimulatorHost host,
    FakeTimeProvider time,
    Random random,
    Func<HttpMethod, string, object?, string?, bool, Task<Answer>> send)
{
    private readonly SimulatedSeller demo = host.Seller("demo");
    private readonly SimulatedSeller buyer = host.Seller("buyer");

    public List<string> Commands { get; } = [];

    public List<(DateTimeOffset Instant, List<(long ProductId, int Quantity)> Stock)> Remembered { get; } = [];

    public async Task RunAsync(int commands)
    {
        for (var command = 0; command < commands; command++)
        {
            var choice = random.Next(20);
            Commands.Add(choice.ToString(System.Globalization.CultureInfo.InvariantCulture));
            await DoAsync(choice);
            if (random.Next(6) == 0)
            {
                Remembered.Add((host.Clock.Now, [.. demo.GetStock().Select(level => (level.ProductId, level.Quantity)).Order()]));
                time.Advance(TimeSpan.FromMilliseconds(500));
            }
        }

        time.Advance(TimeSpan.FromMinutes(5));
    }

    private Task DoAsync(int choice) => choice switch
    {
        0 => CallAsync(HttpMethod.Put, $"products/{Product()}", new { quantity = random.Next(5) }),
        1 => CallAsync(HttpMethod.Put, $"products/{Product()}", new { price = 1.5, properties = new { condition = "Poor" } }),
        2 => CallAsync(HttpMethod.Post, $"products/{Product()}/increment", new { delta_quantity = random.Next(-6, 4) }),
        3 => CallAsync(HttpMethod.Delete, $"products/{Product()}", null),
        4 => CallAsync(
            HttpMethod.Post, "products", new { blueprint_id = 1_000_000 + random.Next(12), price = 0.5, quantity = random.Next(1, 4) }),
        5 => BulkAsync("create", () => new { blueprint_id = 1_000_000 + random.Next(12), price = 0.5, quantity = 2 }),
        6 => BulkAsync("update", () => new { id = Product(), quantity = random.Next(4) }),
        7 => BulkAsync("destroy", () => new { id = Product() }),
        8 => ImportAsync(),
        9 => PurchaseAsync(),
        10 or 11 or 12 => Done(() => host.Orders.Place(demo, Lines(), (OrderKind)random.Next(3))),
        13 => Done(() => host.Orders.MergeWeekly(demo)),
        14 or 15 or 16 => Done(MoveAnOrder),
        17 => Done(() => demo.ChangeProducts(2, 1, 1, random.Next(1_000))),
        18 => CallAsync(HttpMethod.Put, $"orders/{AnyOrder()?.Id ?? 1}/ship", null),
        _ => Done(() => time.Advance(TimeSpan.FromSeconds(random.Next(3)))),
    };

    private void MoveAnOrder()
    {
        if (AnyOrder() is not { } order)
        {
            return;
        }

        var relist = random.Next(2) == 0;
        Action[] moves =
        [
            () => host.Orders.Ship(order), () => host.Orders.Arrive(order), () => host.Orders.Complete(order),
            () => host.Orders.Lose(order),
            () => host.Orders.RequestCancellation(order), () => host.Orders.RefuseCancellation(order),
            () => host.Orders.Cancel(order, relist),
            () => host.Orders.DeleteItem(order, order.Items[0].Id, relist), () => host.Orders.Destroy(order, relist),
            () => host.Orders.EndPresale(order),
        ];
        try
        {
            moves[random.Next(moves.Length)]();
        }
        catch (InvalidOperationException)
        {
            // A step that the state forbids changes nothing; the check at the end would see if it did.
        }
    }

    private async Task BulkAsync(string kind, Func<object> element) => await CallAsync(
        HttpMethod.Post,
        $"products/bulk_{kind}",
        new { products = Enumerable.Range(0, random.Next(1, 6)).Select(_ => element()).ToList() });

    private async Task ImportAsync()
    {
        var rows = System.Text.Encoding.UTF8.GetBytes($"{1_000_000 + random.Next(12)},3,0.40\nnothing,1,1\n");
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(rows), "csv", "stock.csv" },
            { new StringContent("1"), "game_id" },
            { new StringContent(random.Next(4) == 0 ? "replace_stock" : "add_to_stock"), "replace_stock_or_add_to_stock" },
            { new StringContent("blueprint_id|quantity|price"), "column_names" },
        };
        await CallAsync(HttpMethod.Post, "product_imports", form);
    }

    private async Task PurchaseAsync()
    {
        var zero = random.Next(2) == 0;
        await send(
            HttpMethod.Post, "cart/add", new { product_id = Product(), quantity = 1, via_cardtrader_zero = zero }, buyer.Token, true);
        await send(HttpMethod.Post, "cart/purchase", null, buyer.Token, true);
    }

    private async Task CallAsync(HttpMethod method, string path, object? body)
    {
        var answer = await send(method, path, body, demo.Token, true);
        answer.Status.ShouldBeOneOf(200, 404, 422);
    }

    private List<OrderLine> Lines() => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new OrderLine(Product(), random.Next(1, 3)))];

    private long Product()
    {
        var levels = demo.GetStock();
        return levels.Count == 0 ? 1 : levels[random.Next(levels.Count)].ProductId;
    }

    private SimulatedOrder? AnyOrder()
    {
        var orders = host.Orders.All(demo);
        return orders.Count == 0 ? null : orders[random.Next(orders.Count)];
    }

    private static Task Done(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
