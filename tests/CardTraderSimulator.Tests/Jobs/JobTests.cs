using BrxSync.Simulator.Catalog;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Simulator.Tests.Jobs;

public sealed class JobTests : SimulatorTest
{
    private const long Blueprint = GeneratedCatalog.FirstBlueprintId + ((GeneratedCatalog.Expansions - 2) * GeneratedCatalog.PerExpansion);

    private readonly FakeTimeProvider time = new();

    protected override CardTraderSimulatorOptions Options()
    {
        var options = base.Options();
        options.TimeProvider = time;
        options.Jobs.ElementDuration = TimeSpan.FromSeconds(1);
        return options;
    }

    [Fact]
    public async Task Job_AsTimePasses_IsPendingRunningCompleted()
    {
        var job = await SubmitAsync("create", Create(1), Create(2));

        (await StateAsync(job)).ShouldBe("pending");
        time.Advance(TimeSpan.FromMilliseconds(250));
        (await StateAsync(job)).ShouldBe("running");
        Demo.ProductsOf(Blueprint).ShouldBeEmpty();
        time.Advance(TimeSpan.FromSeconds(1));
        Demo.ProductsOf(Blueprint).Single().Quantity.ShouldBe(1);
        time.Advance(TimeSpan.FromSeconds(1));
        (await StateAsync(job)).ShouldBe("completed");
        Demo.ProductsOf(Blueprint).Single().Quantity.ShouldBe(3);
    }

    [Fact]
    public async Task Job_Completed_TellsEachElementByItsIndex()
    {
        var known = Demo.GetStock()[0].ProductId;
        var job = await SubmitAsync(
            "update",
            new { id = known, price = 7.5 },
            new { id = 4, price = 1.0 },
            new { id = known, properties = new { unheard_of = "x" } },
            new { price = 1.0 });

        time.Advance(TimeSpan.FromSeconds(10));

        var body = (await GetAsync($"jobs/{job}")).Json;
        body.GetProperty("state").GetString().ShouldBe("completed");
        body.GetProperty("spawned_children").GetInt32().ShouldBe(4);
        body.GetProperty("stats").GetProperty("error").GetInt32().ShouldBe(2);
        var results = body.GetProperty("results").EnumerateArray().ToDictionary(result => result.GetProperty("job_index").GetInt32());
        results[0].GetProperty("result").GetString().ShouldBe("ok");
        results[0].GetProperty("product_id").GetInt64().ShouldBe(known);
        results[1].GetProperty("result").GetString().ShouldBe("error");
        results[1].TryGetProperty("product_id", out _).ShouldBeFalse();
        results[1].GetProperty("errors").GetProperty("id")[0].GetString().ShouldBe("is not known");
        results[2].GetProperty("result").GetString().ShouldBe("warning");
        results[2].GetProperty("warnings").GetProperty("properties").GetProperty("unheard_of").GetArrayLength().ShouldBe(1);
        results[3].GetProperty("errors").GetProperty("id").GetArrayLength().ShouldBe(1);
        Demo.FindProduct(known)!.PriceCents.ShouldBe(750);
    }

    [Fact]
    public async Task Job_ErrorModeIsPerElement_OnlyTheStrictOneFails()
    {
        var job = await SubmitAsync(
            "create",
            new { blueprint_id = Blueprint, price = 1, quantity = 1, error_mode = "strict", properties = new { condition = "Mint" } },
            new { blueprint_id = Blueprint, price = 1, quantity = 1, properties = new { condition = "Mint" } });

        time.Advance(TimeSpan.FromSeconds(10));

        var stats = (await GetAsync($"jobs/{job}")).Json.GetProperty("stats");
        stats.GetProperty("error").GetInt32().ShouldBe(1);
        stats.GetProperty("warning").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Job_Destroy_RemovesTheProducts()
    {
        var levels = Demo.GetStock().Take(3).ToList();

        await SubmitAsync("destroy", [.. levels.Select(level => (object)new { id = level.ProductId })]);
        time.Advance(TimeSpan.FromSeconds(10));

        Demo.ProductCount.ShouldBe(497);
    }

    [Fact]
    public async Task Job_TooManyElements_EndsUnprocessableWithoutResults()
    {
        Host.Jobs.MaxElements = 2;
        var job = await SubmitAsync("create", Create(1), Create(1), Create(1));

        time.Advance(TimeSpan.FromSeconds(10));

        var body = (await GetAsync($"jobs/{job}")).Json;
        body.GetProperty("state").GetString().ShouldBe("unprocessable");
        body.TryGetProperty("results", out _).ShouldBeFalse();
        Demo.ProductsOf(Blueprint).ShouldBeEmpty();
    }

    [Fact]
    public async Task Job_Unknown_HasANullUuid()
    {
        var body = (await GetAsync($"jobs/{Guid.NewGuid()}")).Json;

        body.GetProperty("uuid").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        body.GetProperty("state").GetString().ShouldBe("unknown");
    }

    [Fact]
    public async Task Job_AfterItsRetention_IsUnknown()
    {
        var job = await SubmitAsync("create", Create(1));

        time.Advance(TimeSpan.FromDays(2));

        (await StateAsync(job)).ShouldBe("unknown");
    }

    [Fact]
    public async Task Submit_WithoutProducts_IsMissingParameter() =>
        (await PostAsync("products/bulk_create", new { })).Json.GetProperty("error_code").GetString().ShouldBe("missing_parameter");

    private static object Create(int quantity) => new { blueprint_id = Blueprint, price = 1, quantity };

    private async Task<string> SubmitAsync(string kind, params object[] products) =>
        (await PostAsync($"products/bulk_{kind}", new { products })).Json.GetProperty("job").GetString()!;

    private async Task<string> StateAsync(string job) => (await GetAsync($"jobs/{job}")).Json.GetProperty("state").GetString()!;
}
