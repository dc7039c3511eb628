using BrxSync.Contract.Tests.WireMock;

namespace BrxSync.Contract.Tests.Account;

public sealed class AccountContractTests(WireMockFixture server) : ContractTest(server)
{
    [Fact]
    [Contract("GET /info", "Account/info")]
    public async Task GetInfoAsync_Always_ReadsTheApplication()
    {
        var info = await CallAsync(account => account.Account.GetInfoAsync());

        info.Id.ShouldBe(3);
        info.UserId.ShouldBe(9000100);
        info.SharedSecret.ShouldBe("0123456789abcdef0123456789abcdef");
        info.WebhookUrl.ShouldBe("https://shop.example/hook/a1");
    }

    [Fact]
    [Contract("PATCH /app", "Account/set-webhook-url")]
    public async Task SetWebhookUrlAsync_Undocumented_SetsItAndReadsItBack()
    {
        var info = await CallAsync(account => account.Account.SetWebhookUrlAsync(new Uri("https://shop.example/hook/b2")));

        info.WebhookUrl.ShouldBe("https://shop.example/hook/b2");
    }
}
