namespace BrxSync.Simulator.Tests.Hosting;

public sealed class TokenTests : SimulatorTest
{
    [Fact]
    public async Task Call_WrongToken_IsAnsweredWithTheReferencesBody()
    {
        var answer = await GetAsync("info", token: "wrong");

        answer.Status.ShouldBe(401);
        answer.Json.GetProperty("error_code").GetString().ShouldBe("unauthorized");
        answer.Json.GetProperty("errors").GetArrayLength().ShouldBe(0);
        answer.Json.GetProperty("extra").GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        Guid.TryParse(answer.Json.GetProperty("request_id").GetString(), out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Seller_WithoutAName_IsTheFirstOne()
    {
        await using var marketplace = await CardTraderSimulatorHost.StartAsync(new CardTraderSimulatorOptions
        {
            Sellers = { new SellerOptions { Name = "shop" }, new SellerOptions { Name = "demo" } },
        });

        marketplace.Seller().Name.ShouldBe("shop");
        marketplace.Seller("demo").Name.ShouldBe("demo");
        Should.Throw<KeyNotFoundException>(() => marketplace.Seller("unheard"));
    }

    [Fact]
    public async Task Call_NoToken_Is401() => (await SendAsync(HttpMethod.Get, "info", authorized: false)).Status.ShouldBe(401);

    [Fact]
    public async Task Call_AfterTheTokenWasRegenerated_OldOneIsRefused()
    {
        var old = Demo.Token;
        Demo.Token = "fresh";

        (await GetAsync("info", old)).Status.ShouldBe(401);
        (await GetAsync("info", "fresh")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Call_AppSwitchedOff_Is403WithACode()
    {
        Demo.AppDisabled = true;

        var answer = await GetAsync("info");

        answer.Status.ShouldBe(403);
        answer.Json.GetProperty("error_code").GetString().ShouldBe("application_disabled");
    }

    [Fact]
    public async Task Info_WithoutWebhook_LeavesTheKeyOut()
    {
        var info = (await GetAsync("info")).Json;

        info.TryGetProperty("webhook_url", out _).ShouldBeFalse();
        info.GetProperty("shared_secret").GetString().ShouldBe(Demo.SharedSecret);
        info.GetProperty("user_id").GetInt64().ShouldBe(Demo.UserId);
    }
}
