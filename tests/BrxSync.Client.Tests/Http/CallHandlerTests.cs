using System.Net;

namespace BrxSync.Client.Tests.Http;

public sealed class CallHandlerTests
{
    [Fact]
    public async Task SendAsync_AnyCall_CarriesTokenAcceptAndUserAgent()
    {
        var transport = new StubTransport(
            HttpStatusCode.OK, """{"id":5,"name":"App","shared_secret":"abc","user_id":"9000100","webhook_url":""}""");
        using var client = new TestClient(transport, options => options.UserAgent = "Shop/2.1");

        var info = await client.Account.Account.GetInfoAsync();

        info.UserId.ShouldBe(9000100);
        info.WebhookUrl.ShouldBeNull();
        info.ToString().ShouldNotContain("abc");
        var sent = transport.Sent.ShouldHaveSingleItem();
        sent.Method.ShouldBe(HttpMethod.Get);
        sent.Address.AbsoluteUri.ShouldBe("https://api.cardtrader.com/api/v2/info");
        sent.Headers.ShouldContain($"Authorization: Bearer {TestClient.TokenText}");
        sent.Headers.ShouldContain("Accept: application/json");
        sent.Headers.ShouldContain("User-Agent: Shop/2.1");
    }

    [Fact]
    public async Task SendAsync_TwoTokens_EachCallCarriesItsOwn()
    {
        var transport = new StubTransport(HttpStatusCode.OK, """{"id":5}""");
        using var client = new TestClient(transport);

        await client.Client.ForToken(new CardTraderToken("first")).Account.GetInfoAsync();
        await client.Client.ForToken(new CardTraderToken("second")).Account.GetInfoAsync();

        transport.Sent[0].Headers.ShouldContain("Bearer first");
        transport.Sent[1].Headers.ShouldContain("Bearer second");
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/api/v2")]
    [InlineData("http://127.0.0.1:1/api/v2/")]
    public async Task SendAsync_BaseAddressWithOrWithoutSlash_KeepsItsPath(string address)
    {
        var transport = new StubTransport(HttpStatusCode.OK, "[]");
        using var client = new TestClient(transport, options => options.BaseAddress = new Uri(address));

        await client.Account.Catalog.ListOwnExpansionsAsync();

        transport.Sent[0].Address.AbsolutePath.ShouldBe("/api/v2/expansions/export");
    }
}
