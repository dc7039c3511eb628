using BrxSync.Simulator.Limits;
using BrxSync.Testing;

namespace BrxSync.Simulator.Tests.Limits;

public sealed class LimitCallTests : SimulatorTest
{
    private readonly ManualTimeProvider time = new();

    protected override CardTraderSimulatorOptions Options() => new()
    {
        TimeProvider = time,
        Limiter = LimiterModel.SlidingLog,
        Sellers = { new SellerOptions { Products = 10 }, new SellerOptions { Name = "other", Products = 10 } },
    };

    [Fact]
    public async Task General_Call201_IsRefusedWithTheTextAloneAndOtherTokensAreNot()
    {
        for (var call = 0; call < 200; call++)
        {
            (await GetAsync("info")).Status.ShouldBe(200);
        }

        var answer = await GetAsync("info");

        answer.Status.ShouldBe(429);
        answer.Text.ShouldBe("""{"error":"Too many requests: max 200 requests per 10 seconds"}""");
        (await GetAsync("info", Host.Seller("other").Token)).Status.ShouldBe(200);
        time.Advance(TimeSpan.FromSeconds(10));
        (await GetAsync("info")).Status.ShouldBe(200);
        Host.Calls.CountOf(429).ShouldBe(1);
    }

    [Fact]
    public async Task Jobs_SecondPollWithinASecond_IsRefused()
    {
        await GetAsync($"jobs/{Guid.NewGuid()}");

        (await GetAsync($"jobs/{Guid.NewGuid()}")).Text.ShouldBe("""{"error":"Too many requests: max 1 request per second"}""");
        time.Advance(TimeSpan.FromSeconds(1));
        (await GetAsync($"jobs/{Guid.NewGuid()}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task MarketplaceProducts_EleventhWithinASecond_IsRefused()
    {
        for (var call = 0; call < 10; call++)
        {
            (await GetAsync("marketplace/products?blueprint_id=1")).Status.ShouldBe(200);
        }

        (await GetAsync("marketplace/products?blueprint_id=1")).Text
            .ShouldBe("""{"error":"Too many requests: max 10 requests per second"}""");
        (await GetAsync("info")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Refused_Call_HasNoEffect()
    {
        var level = Demo.GetStock()[0];
        for (var call = 0; call < 200; call++)
        {
            await GetAsync("info");
        }

        (await DeleteAsync($"products/{level.ProductId}")).Status.ShouldBe(429);
        Demo.FindProduct(level.ProductId).ShouldNotBeNull();
    }

    [Fact]
    public async Task Latency_OneWay_DelaysTheCallAndThenItsAnswer()
    {
        Host.NetworkLatency = TimeSpan.FromMilliseconds(60);
        var sent = Host.Clock.Now;
        var level = Demo.GetStock()[0];

        var call = DeleteAsync($"products/{level.ProductId}");
        await time.WaitForTimersAsync();
        Demo.FindProduct(level.ProductId).ShouldNotBeNull();
        time.Advance(TimeSpan.FromMilliseconds(60));
        await time.WaitForTimersAsync();
        Demo.FindProduct(level.ProductId).ShouldBeNull();
        call.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMilliseconds(60));

        (await call).Status.ShouldBe(200);
        Host.Calls.All().Single().At.ShouldBe(sent.AddMilliseconds(60));
    }
}
