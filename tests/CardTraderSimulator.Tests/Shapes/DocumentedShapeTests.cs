using System.Text.Json;

namespace BrxSync.Simulator.Tests.Shapes;

/// <summary>Shapes that nobody recorded, against the examples of the reference.</summary>
public sealed class DocumentedShapeTests : SimulatorTest
{
    [Fact]
    public async Task Job_Shape_IsThatOfTheReference()
    {
        Host.Jobs.StartDelay = TimeSpan.Zero;
        Host.Jobs.ElementDuration = TimeSpan.Zero;
        var job = (await PostAsync("products/bulk_update", new
        {
            products = new object[]
            {
                new { id = Demo.GetStock()[0].ProductId, price = 1 },
                new { id = 7, price = 1 },
                new { id = Demo.GetStock()[1].ProductId, properties = new { unheard_of = 1 } },
            },
        })).Json.GetProperty("job").GetString();

        var emitted = (await GetAsync($"jobs/{job}")).Json;

        var documented = JsonDocument.Parse("""
            {"uuid": "5b1f2c2e-0000-4000-8000-000000000001", "state": "completed", "spawned_children": 3,
             "stats": {"ok": 1, "warning": 1, "error": 1}, "started_at": "", "ended_at": "", "duration": 0,
             "results": [
              {"result": "ok", "job_index": 0, "product_id": 990000139},
              {"result": "error", "job_index": 1, "errors": {"id": ["is not known"]}},
              {"result": "warning", "job_index": 2, "product_id": 990000552, "warnings": {"properties": {"mtg_foil": ["value was ignored"]}}}]}
            """).RootElement;
        JsonShape
            .Of(emitted)
            .DifferencesFrom(JsonShape.Of(documented))
            .Where(difference => !difference.Contains("duration", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task Error_Shape_IsThatOfTheReference() => JsonShape.Of((await GetAsync("products/7")).Json).DifferencesFrom(JsonShape.Of(
        JsonDocument.Parse(
            """{"error_code": "not_found", "errors": [], "extra": {"message": "text"}, "request_id": "0f0e"}""").RootElement))
            .ShouldBeEmpty();

    [Fact]
    public async Task Times_Written_AreUtcWithMilliseconds()
    {
        Host.Orders.Place(Demo, Demo.GetStock()[0].ProductId, 1);

        (await GetAsync("orders")).Json[0].GetProperty("paid_at").GetString()!.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$");
    }
}
