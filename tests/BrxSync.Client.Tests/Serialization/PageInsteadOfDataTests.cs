using System.Net;
using System.Text;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.Imports;
using BrxSync.Client.Serialization;
using BrxSync.Client.Tests.Serialization.Rows;

namespace BrxSync.Client.Tests.Serialization;

/// <summary>Whoever looks at a body agrees on whether it is an HTML page.</summary>
public sealed class PageInsteadOfDataTests
{
    public static TheoryData<string, bool> Bodies => new()
    {
        { "<!DOCTYPE html><p>Down</p>", true },
        { " \r\n\t<p>Down</p>", true },
        { "\uFEFF<p>Down</p>", true },
        { "\uFEFF \n<p>Down</p>", true },
        { "\n\uFEFF<p>Down</p>", true },
        { "[\"<p>\"]", false },
        { "\uFEFF [1]", false },
        { "Down", false },
        { "  ", false },
        { "", false },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void IsHtml_Body_IsToldByItsFirstLetter(string body, bool isHtml) =>
        BodyStart.IsHtml(Encoding.UTF8.GetBytes(body)).ShouldBe(isHtml);

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task ReceiveAllAsync_Body_IsToldByItsFirstLetter(string body, bool isHtml)
    {
        using var content = new StringContent(body);

        using var received = await ReceivedContent.ReceiveAllAsync(content, 1024, default);

        received.IsHtml.ShouldBe(isHtml);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Parse_Body_IsRefusedAsAPageByItsFirstLetter(string body, bool isHtml) =>
        (Should.Throw<CardTraderResponseException>(() => JsonBody.Parse(
            Encoding.UTF8.GetBytes(body + "?"), Errors())).Kind == ResponseFaultKind.Html)
                .ShouldBe(isHtml);

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Read_Body_QuotesWhatAPageSays(string body, bool isHtml) =>
        (ErrorBody.Read(Encoding.UTF8.GetBytes(body)).Message == "Down").ShouldBe(isHtml || body == "Down");

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task TryRead_Body_IsRefusedAsAPageByItsFirstLetter(string body, bool isHtml)
    {
        var (_, fault) = await RowBodies.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(body)), RowBodies.ProductRows());

        (fault?.Kind == ResponseFaultKind.Html).ShouldBe(isHtml);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task GetSkippedRowsAsync_Body_IsRefusedAsAPageByItsFirstLetter(string body, bool isHtml)
    {
        using var client = new TestClient(new StubTransport(HttpStatusCode.OK, body), options => options.Resilience.Read.MaxRetries = 0);
        var reading = client.Account.Imports.GetSkippedRowsAsync(new ImportId(42));

        if (isHtml)
        {
            var error = await Should.ThrowAsync<CardTraderResponseException>(reading);
            error.Kind.ShouldBe(ResponseFaultKind.Html);
            error.Message.ShouldContain("(Down)");
        }
        else
        {
            (await reading).ShouldBe(body.TrimStart('\uFEFF'));
        }
    }

    private static CallErrors Errors() => new(new ApiCall(HttpMethod.Get, "/info"), new CardTraderToken(TestClient.TokenText));
}
