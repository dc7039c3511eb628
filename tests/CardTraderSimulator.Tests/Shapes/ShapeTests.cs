using System.Text.Json;
using BrxSync.Simulator.Orders;
using BrxSync.Testing;

namespace BrxSync.Simulator.Tests.Shapes;

/// <summary>
/// What the simulator emits, key by key and type by type against recorded and derived bodies, where these lie beside the repository.
/// </summary>
public sealed class ShapeTests : SimulatorTest
{
    [SampleDataFact]
    public async Task Expansions_Shape_IsTheRecordedOne() =>
        Compare(JsonShape.Of((await GetAsync("expansions")).Json), Recorded("real", "expansions.json"));

    [SampleDataFact]
    public async Task Categories_Shape_IsTheRecordedOne() =>
        Compare(JsonShape.Of((await GetAsync("categories")).Json), Recorded("real", "categories.json"));

    [SampleDataFact]
    public async Task Blueprints_Shape_IsTheRecordedOne()
    {
        var magic = (await GetAsync("blueprints/export?expansion_id=100000")).Json;
        var onePiece = (await GetAsync("blueprints/export?expansion_id=100002")).Json;

        // The recorded set is of a game whose read-only properties are all texts; legality, a boolean, is told for others.
        JsonShape.Of(magic, onePiece).DifferencesFrom(Recorded("real", "blueprints_export.expansion-979.json"))
            .ShouldBe(["$[].fixed_properties{} is boolean, recorded are string"]);
    }

    [SampleDataFact]
    public async Task Export_Shape_IsTheDerivedOne() => Compare(
        JsonShape.Of((await GetAsync("products/export")).Json),
        JsonShape.Of(Read("derived", "products_export.seller-small.json"), Read("derived", "products_export.seller-large.json")));

    [SampleDataFact]
    public async Task HubOrders_Shape_IsTheDerivedOne()
    {
        Sell(0, OrderKind.Zero);
        Sell(1, OrderKind.Presale);

        Compare(JsonShape.Of((await GetAsync("orders")).Json.EnumerateArray()), Derived("01-", "02-", "03-", "04-", "05-"));
    }

    [SampleDataFact]
    public async Task MergedOrders_Shape_IsTheDerivedOne()
    {
        var source = Sell(0, OrderKind.Zero);
        var merged = Host.Orders.MergeWeekly(Demo)!;
        Compare(JsonShape.Of(await OrderAsync(merged)), Derived("08-"));
        Compare(JsonShape.Of(await OrderAsync(source)), Derived("09-"));

        await PutAsync($"orders/{merged.Id}/tracking_code", new { tracking_code = "EX1" });
        Host.Orders.Ship(merged);
        Compare(JsonShape.Of(await OrderAsync(merged)), Derived("10-", "13-"));
    }

    [SampleDataFact]
    public async Task DirectOrders_Shape_IsTheDerivedOneInEveryState()
    {
        var order = Sell(0, OrderKind.Direct);
        Compare(JsonShape.Of(await OrderAsync(order)), Derived("11-", "12-"));
        await PutAsync($"orders/{order.Id}/tracking_code", new { tracking_code = "EX1" });
        Host.Orders.Ship(order);
        Compare(JsonShape.Of(await OrderAsync(order)), Derived("13-"));
        Host.Orders.Arrive(order);
        Compare(JsonShape.Of(await OrderAsync(order)), Derived("14-"));
        Host.Orders.Complete(order);
        Compare(JsonShape.Of(await OrderAsync(order)), Derived("15-"));
    }

    [SampleDataFact]
    public async Task CancelledOrders_Shape_IsTheDerivedOne()
    {
        var order = Sell(0, OrderKind.Direct);
        Host.Orders.RequestCancellation(order);
        Compare(JsonShape.Of(await OrderAsync(order)), Derived("16-"));
        Host.Orders.Cancel(order, relist: false);
        Compare(JsonShape.Of(await OrderAsync(order)), Derived("17-"));

        var zero = Sell(1, OrderKind.Zero);
        Host.Orders.Cancel(zero, relist: false);
        Compare(JsonShape.Of(await OrderAsync(zero)), Derived("01-", "17-", "19-"));
    }

    [SampleDataFact]
    public async Task Purchases_Shape_IsTheDerivedOne()
    {
        var order = Host.Orders.PlaceAsBuyer(Demo, Demo.FindProduct(Demo.GetStock()[1].ProductId)!, 1);
        Host.Orders.Ship(order);

        // The derived purchase has a tracking code; without one the marketplace writes null.
        var differences = JsonShape.Of((await GetAsync("orders?order_as=buyer")).Json[0]).DifferencesFrom(Derived("22-"));
        differences.Where(difference => !difference.Contains("tracking_code", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [SampleDataFact]
    public void Webhooks_Shape_IsTheDerivedOne()
    {
        Sell(0, OrderKind.Zero);
        var sent = JsonDocument.Parse(Host.Webhooks.All().Single().Body).RootElement;

        Compare(JsonShape.Of(sent), Recorded("derived", "webhooks", "01-create.hub_pending.json"));
    }

    private static void Compare(JsonShape emitted, JsonShape recorded) => emitted.DifferencesFrom(recorded).ShouldBeEmpty();

    private static JsonElement Read(params string[] path) =>
        JsonDocument.Parse(File.ReadAllBytes(RepositoryPaths.SampleDataAt(path))).RootElement;

    private static JsonShape Recorded(params string[] path) => JsonShape.Of(Read(path));

    private static JsonShape Derived(params string[] prefixes) => JsonShape.Of(prefixes.SelectMany(prefix =>
        Directory.GetFiles(RepositoryPaths.SampleDataAt("derived", "orders"), prefix + "*.json"))
        .Select(file => JsonDocument.Parse(File.ReadAllBytes(file)).RootElement));

    private SimulatedOrder Sell(int place, OrderKind kind) => Host.Orders.Place(Demo, Demo.GetStock()[place + 1].ProductId, 1, kind)!;

    private async Task<JsonElement> OrderAsync(SimulatedOrder order) => (await GetAsync($"orders/{order.Id}")).Json;
}
