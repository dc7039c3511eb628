using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Simulator.Tests.Control;

public sealed class ControlTests : SimulatorTest
{
    private readonly FakeTimeProvider time = new();

    protected override CardTraderSimulatorOptions Options()
    {
        var options = base.Options();
        options.TimeProvider = time;
        return options;
    }

    [Fact]
    public async Task Stock_NowAndThen_IsTheTruth()
    {
        var level = Demo.GetStock().First(level => level.Quantity > 1);
        var then = Host.Clock.Now;
        time.Advance(TimeSpan.FromSeconds(5));
        await ControlAsync(
            HttpMethod.Post, "orders/demo", new { items = new[] { new { product_id = level.ProductId, quantity = 1 } }, kind = "zero" });

        (await QuantityAsync(level.ProductId, "")).ShouldBe(level.Quantity - 1);
        (await QuantityAsync(level.ProductId, $"?as_of={then:O}".Replace("+", "%2B", StringComparison.Ordinal))).ShouldBe(level.Quantity);
    }

    [Fact]
    public async Task Orders_ThroughTheirLife_BySteps()
    {
        var level = Demo.GetStock().First(level => level.Quantity > 1);
        var order = await ControlAsync(
            HttpMethod.Post, "orders/demo", new { items = new[] { new { product_id = level.ProductId, quantity = 1 } } });
        var id = order.GetProperty("id").GetInt64();

        (await ControlAsync(HttpMethod.Post, $"orders/demo/{id}/ship")).GetProperty("state").GetString().ShouldBe("sent");
        (await SendControlAsync(HttpMethod.Post, $"orders/demo/{id}/pay")).Status.ShouldBe(409);
        (await SendControlAsync(HttpMethod.Post, "orders/demo/5/ship")).Status.ShouldBe(404);
        (await SendControlAsync(HttpMethod.Post, $"orders/demo/{id}/fly")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Calls_Received_AreListedWithTheirEffects()
    {
        var level = Demo.GetStock()[0];
        await GetAsync("info?x=1");
        await DeleteAsync($"products/{level.ProductId}");
        await GetAsync("info", "wrong");

        var calls = (await ControlAsync(HttpMethod.Get, "calls")).EnumerateArray().ToList();

        calls.Count.ShouldBe(3);
        calls[0].GetProperty("path").GetString().ShouldBe("/info?x=1");
        calls[1].GetProperty("effect").GetString()!.ShouldContain($"deleted {level.ProductId}");
        calls[2].GetProperty("status").GetInt32().ShouldBe(401);
        calls[2].GetProperty("seller").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Clock_AdvancedAndSkewed_MovesTheMarketplace()
    {
        var before = Host.Clock.Now;

        await ControlAsync(HttpMethod.Post, "clock", new { advance_seconds = 3600, skew_seconds = -30 });

        Host.Clock.Now.ShouldBe(before.AddSeconds(3570));
        (await GetAsync("info")).Date!.Value.ShouldBe(before.AddSeconds(3570), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Clock_Advanced_RunsJobs()
    {
        await PostAsync("products/bulk_destroy", new { products = new[] { new { id = Demo.GetStock()[0].ProductId } } });

        await ControlAsync(HttpMethod.Post, "clock", new { advance_seconds = 10 });

        Demo.ProductCount.ShouldBe(499);
    }

    [Fact]
    public async Task Faults_AddedAndCleared_ByRule()
    {
        await ControlAsync(HttpMethod.Post, "faults", new[] { new { endpoint = "GET /info", action = "status", status = 502, times = 1 } });
        (await GetAsync("info")).Status.ShouldBe(502);
        (await ControlAsync(HttpMethod.Get, "faults"))[0].GetProperty("struck").GetInt32().ShouldBe(1);

        await ControlAsync(HttpMethod.Delete, "faults");
        (await ControlAsync(HttpMethod.Get, "faults")).GetArrayLength().ShouldBe(0);
        (await SendControlAsync(HttpMethod.Post, "faults", new { endpoint = "GET /info", action = "explode" })).Status.ShouldBe(400);
        (await SendControlAsync(HttpMethod.Post, "faults", new { unheard_of = 1 })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Products_EditedOnTheWebsite_Change()
    {
        var level = Demo.GetStock()[0];

        await ControlAsync(HttpMethod.Put, $"sellers/demo/products/{level.ProductId}", new { quantity = 33, price_cents = 44 });
        Demo.FindProduct(level.ProductId)!.ShouldSatisfyAllConditions(
            product => product.Quantity.ShouldBe(33), product => product.PriceCents.ShouldBe(44));
        await ControlAsync(HttpMethod.Delete, $"sellers/demo/products/{level.ProductId}");
        Demo.ProductCount.ShouldBe(499);
        await ControlAsync(
            HttpMethod.Post,
            "sellers/demo/products",
            new { blueprint_id = level.BlueprintId, quantity = 1, price_cents = 5, user_data_field = "x" });
        var edits = await ControlAsync(HttpMethod.Post, "sellers/demo/change", new { changed = 5, added = 2, removed = 3 });
        edits.GetProperty("removed").GetArrayLength().ShouldBe(3);
        Demo.ProductCount.ShouldBe(499);
        (await SendControlAsync(HttpMethod.Delete, "sellers/demo/products/1")).Status.ShouldBe(404);
        (await SendControlAsync(HttpMethod.Get, "sellers/nobody")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Webhooks_HeldAndReleased_AreListed()
    {
        await ControlAsync(HttpMethod.Put, "sellers/demo", new { webhook_url = "http://127.0.0.1:9/" });
        await ControlAsync(HttpMethod.Put, "webhooks/behavior", new { hold = true });
        await ControlAsync(HttpMethod.Post, "orders/demo/random", new { count = 4, seed = 2 });

        (await ControlAsync(HttpMethod.Get, "webhooks?state=queued")).GetArrayLength().ShouldBe(4);
        (await ControlAsync(HttpMethod.Post, "webhooks/drop")).GetProperty("dropped").GetInt32().ShouldBe(4);
        await ControlAsync(HttpMethod.Post, "webhooks/0/repeat", new { new_id = true });
        (await ControlAsync(HttpMethod.Get, "webhooks?state=queued")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Limiter_Set_IsInForce()
    {
        await ControlAsync(HttpMethod.Put, "limiter", new { model = "bucket20" });

        var statuses = new List<int>();
        for (var call = 0; call < 21; call++)
        {
            statuses.Add((await GetAsync("info")).Status);
        }

        statuses.Count(status => status == 429).ShouldBe(1);
    }

    [Fact]
    public async Task ExportBody_Set_IsServedRawUntilCleared()
    {
        await ControlAsync(HttpMethod.Put, "sellers/demo", new { export_body_base64 = Convert.ToBase64String("[{\"id\":"u8) });
        (await GetAsync("products/export")).Text.ShouldBe("[{\"id\":");

        await ControlAsync(HttpMethod.Put, "sellers/demo", new { export_body_base64 = "" });
        (await GetAsync("products/export")).Json.GetArrayLength().ShouldBe(500);
    }

    [Fact]
    public async Task Reset_AfterEverything_IsTheStart()
    {
        var export = Demo.RenderExport();
        Demo.ChangeProducts(10, 3, 3);
        await ControlAsync(HttpMethod.Post, "orders/demo/random", new { count = 10, kind = "zero" });
        await ControlAsync(HttpMethod.Post, "orders/demo/merge");

        await ControlAsync(HttpMethod.Post, "reset");

        Demo.RenderExport().ShouldBe(export);
        Host.Orders.All(Demo).ShouldBeEmpty();
        Host.Webhooks.All().ShouldBeEmpty();
        Host.Calls.Count.ShouldBe(0);
        (await ControlAsync(HttpMethod.Get, "invariants")).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Overview_Root_NamesTheSellers() =>
        (await ControlAsync(HttpMethod.Get, "")).GetProperty("sellers")[0].GetProperty("token").GetString().ShouldBe(Demo.Token);

    private async Task<int> QuantityAsync(
        long product, string query) => (await ControlAsync(HttpMethod.Get, "sellers/demo/stock" + query)).EnumerateArray()
        .Single(row => row.GetProperty("product_id").GetInt64() == product).GetProperty("quantity").GetInt32();

    private async Task<JsonElement> ControlAsync(HttpMethod method, string path, object? body = null)
    {
        var answer = await SendControlAsync(method, path, body);
        answer.Status.ShouldBe(200, answer.Text);
        return answer.Json;
    }

    private Task<Answer> SendControlAsync(HttpMethod method, string path, object? body = null) =>
        SendAsync(method, new Uri(Host.ControlAddress, path).AbsoluteUri, body, authorized: false);
}
