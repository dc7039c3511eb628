using System.Text.Json;
using BrxSync.Simulator.Faults;
using BrxSync.Simulator.Orders;
using BrxSync.Testing;

namespace BrxSync.Simulator.Tests.Faults;

public sealed class FaultTests : SimulatorTest
{
    private readonly ManualTimeProvider time = new();

    protected override CardTraderSimulatorOptions Options()
    {
        var options = base.Options();
        options.TimeProvider = time;
        return options;
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Status_ServerError_HasTheStandardBodyAndNoEffect(int status)
    {
        var level = Demo.GetStock()[0];
        Host.Faults.Add(new FaultRule { Endpoint = "DELETE /products/:id", Action = FaultAction.Status, Status = status });

        var answer = await DeleteAsync($"products/{level.ProductId}");

        answer.Status.ShouldBe(status);
        answer.Json.TryGetProperty("error_code", out _).ShouldBeTrue();
        Demo.FindProduct(level.ProductId).ShouldNotBeNull();
    }

    [Fact]
    public async Task Status_429_HasTheTextAlone()
    {
        Host.Faults.Add(new FaultRule { Endpoint = "GET /info", Action = FaultAction.Status, Status = 429, RetryAfter = "inf" });

        (await GetAsync("info")).Json.EnumerateObject().Single().Name.ShouldBe("error");
    }

    [Theory]
    [InlineData(200, "<p>We will be back soon.</p>")]
    [InlineData(403, "Just a moment...")]
    public async Task Html_Page_ComesWithTheStatus(int status, string text)
    {
        Host.Faults.Add(new FaultRule { Action = FaultAction.Html, Status = status });

        var answer = await GetAsync("products/export");

        answer.Status.ShouldBe(status);
        answer.Text.ShouldStartWith("<!DOCTYPE html>");
        answer.Text.ShouldContain(text);
    }

    [Fact]
    public async Task Reset_Connection_HasNoEffect()
    {
        var level = Demo.GetStock()[0];
        Host.Faults.Add(new FaultRule { Endpoint = "* /products/:id", Action = FaultAction.Reset });

        await Should.ThrowAsync<HttpRequestException>(() => DeleteAsync($"products/{level.ProductId}"));

        Demo.FindProduct(level.ProductId).ShouldNotBeNull();
    }

    [Fact]
    public async Task LostAnswer_Call_TakesEffectAndIsNotAnswered()
    {
        var level = Demo.GetStock()[0];
        Host.Faults.Add(new FaultRule { Endpoint = "POST /products/:id/increment", Action = FaultAction.LostAnswer });

        await Should.ThrowAsync<HttpRequestException>(() => PostAsync($"products/{level.ProductId}/increment", new { delta_quantity = 5 }));

        Demo.FindProduct(level.ProductId)!.Quantity.ShouldBe(level.Quantity + 5);
        Host.Calls.All()[^1].Effect.ShouldNotBeNull();
        Host.Calls.All()[^1].Fault.ShouldBe("LostAnswer");
    }

    [Fact]
    public async Task CutBody_Export_BreaksOffAfterTheBytes()
    {
        Host.Faults.Add(new FaultRule { Endpoint = "GET /products/export", Action = FaultAction.CutBody, AtByte = 3_000 });

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Host.BaseAddress, "products/export"));
        request.Headers.Authorization = new("Bearer", Demo.Token);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var body = await response.Content.ReadAsStreamAsync();
        var received = new byte[4_000];
        await Should.ThrowAsync<IOException>(() => body.ReadExactlyAsync(received).AsTask());

        received[..3_000].ShouldBe(Demo.RenderExport()[..3_000]);
        received[3_000..].ShouldAllBe(empty => empty == 0);
    }

    [Theory]
    [InlineData("products/export", 3_000)]
    [InlineData("info", 20)]
    [InlineData("info", 0)]
    public async Task ShortBody_Answer_EndsAsIfItWereWhole(string path, int bytes)
    {
        var whole = await GetAsync(path);
        Host.Faults.Add(new FaultRule { Action = FaultAction.ShortBody, AtByte = bytes });

        var answer = await GetAsync(path);

        answer.Status.ShouldBe(200);
        answer.Body.ShouldBe(whole.Body[..bytes]);
    }

    [Fact]
    public async Task StaleExport_SaleDuringTheDownload_IsNotInIt()
    {
        var level = Demo.GetStock().First(level => level.Quantity > 1);
        Host.Faults.Add(
            new FaultRule { Endpoint = "GET /products/export", Action = FaultAction.StaleExport, Latency = TimeSpan.FromMinutes(1) });

        var download = GetAsync("products/export");
        await time.WaitForTimersAsync();
        Host.Orders.Place(Demo, level.ProductId, 1);
        time.Advance(TimeSpan.FromMinutes(1));

        Quantity(await download, level.ProductId).ShouldBe(level.Quantity);
        Host.Faults.Clear();
        Quantity(await GetAsync("products/export"), level.ProductId).ShouldBe(level.Quantity - 1);
    }

    [Fact]
    public async Task Latency_Answer_WaitsForTheClock()
    {
        Host.Faults.Add(new FaultRule { Endpoint = "GET /info", Action = FaultAction.Latency, Latency = TimeSpan.FromMinutes(2) });

        var call = GetAsync("info");
        await time.WaitForTimersAsync();
        time.Advance(TimeSpan.FromSeconds(119));
        call.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));

        (await call).Status.ShouldBe(200);
    }

    [Fact]
    public async Task UnreadableRows_EveryTenth_IsNull()
    {
        Host.Faults.Add(new FaultRule { Endpoint = "GET /products/export", Action = FaultAction.UnreadableRows, Every = 10 });

        var rows = (await GetAsync("products/export")).Json.EnumerateArray().ToList();

        rows.Count.ShouldBe(500);
        rows
            .Index()
            .Where(row => row.Item.ValueKind == JsonValueKind.Null)
            .Select(row => row.Index)
            .ShouldBe(Enumerable.Range(0, 50).Select(i => (i * 10) + 9));
    }

    [Fact]
    public async Task PartialExport_SomeRows_LooksComplete()
    {
        Host.Faults.Add(new FaultRule { Endpoint = "GET /products/export", Action = FaultAction.PartialExport, Rows = 123 });

        var answer = await GetAsync("products/export");

        answer.Status.ShouldBe(200);
        answer.Json.GetArrayLength().ShouldBe(123);
    }

    [Fact]
    public async Task Nth_Call_IsStruckAlone()
    {
        Host.Faults.Add(new FaultRule { Endpoint = "GET /info", Nth = 3, Action = FaultAction.Status });

        (await StatusesAsync(5)).ShouldBe([200, 200, 503, 200, 200]);
    }

    [Fact]
    public async Task Times_Bound_EndsTheFault()
    {
        Host.Faults.Add(new FaultRule { Endpoint = "GET /info", Times = 2, Action = FaultAction.Status });

        (await StatusesAsync(4)).ShouldBe([503, 503, 200, 200]);
    }

    [Fact]
    public async Task Probability_SameSeed_StrikesTheSameCalls()
    {
        Host.Faults.Add(new FaultRule { Endpoint = "GET /info", Probability = 0.5, Seed = 4, Action = FaultAction.Status });
        var first = await StatusesAsync(40);
        Host.Faults.Clear();
        Host.Faults.Add(new FaultRule { Endpoint = "GET /info", Probability = 0.5, Seed = 4, Action = FaultAction.Status });

        (await StatusesAsync(40)).ShouldBe(first);
        first.Count(status => status == 503).ShouldBeInRange(10, 30);
    }

    [Fact]
    public async Task Seller_OfTheRule_IsStruckAlone()
    {
        Host.Faults.Add(new FaultRule { Seller = "somebody", Action = FaultAction.Status });

        (await GetAsync("info")).Status.ShouldBe(200);
    }

    [Fact]
    public void Add_RuleOutOfRange_Throws()
    {
        Should.Throw<ArgumentException>(() => Host.Faults.Add(new FaultRule { Endpoint = "products" }));
        Should.Throw<ArgumentException>(() => Host.Faults.Add(new FaultRule { Probability = 2 }));
    }

    [Fact]
    public async Task Order_PlacedDuringALiveExport_DoesNotBreakIt()
    {
        var download = GetAsync("products/export");
        Host.Orders.Place(Demo, Demo.GetStock()[100].ProductId, 1, OrderKind.Zero);

        (await download).Json.GetArrayLength().ShouldBeInRange(499, 500);
    }

    private async Task<List<int>> StatusesAsync(int calls)
    {
        var statuses = new List<int>();
        for (var call = 0; call < calls; call++)
        {
            statuses.Add((await GetAsync("info")).Status);
        }

        return statuses;
    }

    private static int Quantity(Answer export, long id) => export.Json.EnumerateArray()
        .Single(row => row.GetProperty("id").GetInt64() == id).GetProperty("quantity").GetInt32();
}
