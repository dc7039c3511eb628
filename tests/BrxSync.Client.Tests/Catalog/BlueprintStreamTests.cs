using System.Net;
using System.Text;
using BrxSync.Client.Catalog;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Tests.Catalog;

/// <summary>What the stream of blueprints makes of bodies that go wrong, and of a caller who stops.</summary>
public sealed class BlueprintStreamTests
{
    private const string Plain = """{"id":57957,"name":"Mind Rot"}""";

    private static readonly ExpansionId Expansion = new(979);

    [Theory]
    [InlineData("", 0, ResponseFaultKind.Empty)]
    [InlineData(" \r\n ", 0, ResponseFaultKind.Empty)]
    [InlineData("null", 0, ResponseFaultKind.UnexpectedShape)]
    [InlineData("\"ready\"", 0, ResponseFaultKind.UnexpectedShape)]
    [InlineData("""{"array":[]}""", 0, ResponseFaultKind.UnexpectedShape)]
    [InlineData("oops", 0, ResponseFaultKind.Malformed)]
    [InlineData("[", 0, ResponseFaultKind.CutShort)]
    [InlineData("[" + Plain, 1, ResponseFaultKind.CutShort)]
    [InlineData("[" + Plain + ",", 1, ResponseFaultKind.CutShort)]
    [InlineData("[" + Plain + """,{"id":57""", 1, ResponseFaultKind.CutShort)]
    [InlineData("[" + Plain + "] x", 1, ResponseFaultKind.TrailingText)]
    [InlineData("[" + Plain + "][]", 1, ResponseFaultKind.TrailingText)]
    [InlineData("[" + Plain + ",]", 1, ResponseFaultKind.Malformed)]
    [InlineData("[" + Plain + Plain + "]", 1, ResponseFaultKind.Malformed)]
    [InlineData("[{'id':7}]", 0, ResponseFaultKind.Malformed)]
    public async Task StreamBlueprintsAsync_UnusableBody_ThrowsWithItsKindAfterWholeRows(string body, int rows, ResponseFaultKind kind)
    {
        using var client = TestClient.Answering(body);

        var (read, error) = await ReadAsync(client);

        read.Count.ShouldBe(rows);
        error.ShouldNotBeNull().Kind.ShouldBe(kind);
        error.Operation.ShouldBe("GET /blueprints/export");
    }

    [Fact]
    public async Task StreamBlueprintsAsync_CutShortAfterABadRow_NamesWhereItEnds()
    {
        using var client = TestClient.Answering($$"""[{{Plain}},{"name":"no id"},{{Plain}},{"id":""");

        var (read, error) = await ReadAsync(client);

        read.Count.ShouldBe(2);
        (error.ShouldNotBeNull().Kind, error.Row, error.IsTransient).ShouldBe((ResponseFaultKind.CutShort, 3, true));
    }

    [Fact]
    public async Task StreamBlueprintsAsync_HtmlPage_QuotesItsFirstParagraph()
    {
        using var client = new TestClient(
            new StubTransport(HttpStatusCode.OK, "\n<!DOCTYPE html><title>T</title><p class=\"x\">Down for <b>maintenance</b></p><p>2</p>"),
            options => options.Resilience.Read.MaxRetries = 0);

        var (_, error) = await ReadAsync(client);

        error.ShouldNotBeNull().Kind.ShouldBe(ResponseFaultKind.Html);
        error.Message.ShouldContain("Down for maintenance");
    }

    [Fact]
    public async Task StreamBlueprintsAsync_ErrorBodyWithSuccessStatus_QuotesIt()
    {
        using var client = TestClient.Answering("""{"error":"Too many requests: max 200 requests per 10 seconds"}""");

        var (_, error) = await ReadAsync(client);

        error.ShouldNotBeNull().Kind.ShouldBe(ResponseFaultKind.UnexpectedShape);
        error.Message.ShouldContain("max 200 requests per 10 seconds");
    }

    [Theory]
    [InlineData(62, null)]
    [InlineData(64, ResponseFaultKind.TooDeep)]
    [InlineData(100_000, ResponseFaultKind.TooDeep)]
    public async Task StreamBlueprintsAsync_NestedValue_IsLimitedTo64Levels(int levels, ResponseFaultKind? kind)
    {
        using var client = TestClient.Answering("[{\"id\":1,\"deep\":" + new string('[', levels) + new string(']', levels) + "}]");

        var (_, error) = await ReadAsync(client);

        (error?.Kind).ShouldBe(kind);
    }

    [Fact]
    public async Task StreamBlueprintsAsync_BytesThatAreNotUtf8_CostTheirValueAlone()
    {
        byte[] body = [.. "[{\"id\":1,\"name\":\""u8, 0xC3, 0x28, .. "\",\"version\":\"2\"},"u8, .. Encoding.UTF8.GetBytes(Plain + "]")];
        using var client = TestClient.Answering(body);

        var (read, error) = await ReadAsync(client);

        error.ShouldBeNull();
        (read[0].Name, read[0].Version).ShouldBe((null, "2"));
        read[0].Faults.ShouldHaveSingleItem().Path.ShouldBe("name");
        read[1].Name.ShouldBe("Mind Rot");
    }

    [Fact]
    public async Task StreamBlueprintsAsync_RowLargerThanTheBuffer_IsRead()
    {
        var text = new string('x', 1_000_000);
        var body = Encoding.UTF8.GetBytes($$"""[{{Plain}},{"id":8,"name":"{{text}}"},{{Plain}}]""");
        using var client = new TestClient(new StubTransport(_ => StubTransport.Answer(new ChunkedStream(body, 1400))));

        var (read, error) = await ReadAsync(client);

        error.ShouldBeNull();
        read.Count.ShouldBe(3);
        read[1].Name.ShouldBe(text);
    }

    [Fact]
    public async Task StreamBlueprintsAsync_RowAboveTheLimit_IsRefusedWithoutReadingAllOfIt()
    {
        var stream = new ChunkedStream([.. "[{\"id\":1,\"x\":\""u8, .. Enumerable.Repeat((byte)'x', 40_000_000)], 65536);
        using var client = new TestClient(
            new StubTransport(_ => StubTransport.Answer(stream)), options => options.MaxExportRowBytes = 1024 * 1024);

        var (_, error) = await ReadAsync(client);

        error.ShouldNotBeNull().Kind.ShouldBe(ResponseFaultKind.TooLarge);
        stream.Position.ShouldBeLessThan(5_000_000);
    }

    [Fact]
    public async Task StreamBlueprintsAsync_ConnectionBreaks_IsCutShortAndTransient()
    {
        var stream = new ChunkedStream(
            Encoding.UTF8.GetBytes("[" + Plain + ",{"), 50, _ => throw new HttpIOException(HttpRequestError.ResponseEnded, "reset"));
        using var client = new TestClient(new StubTransport(_ => StubTransport.Answer(stream)));

        var (read, error) = await ReadAsync(client);

        read.Count.ShouldBe(1);
        (error.ShouldNotBeNull().Kind, error.IsTransient).ShouldBe((ResponseFaultKind.CutShort, true));
        stream.Disposed.ShouldBeTrue();
    }

    [Fact]
    public async Task StreamBlueprintsAsync_CancelledMidway_StopsReadingAndClosesTheBody()
    {
        var stream = new ChunkedStream(Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat(Plain, 50_000)) + "]"), 16_384);
        using var client = new TestClient(new StubTransport(_ => StubTransport.Answer(stream)));
        using var cancellation = new CancellationTokenSource();

        var read = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.Account.Catalog.StreamBlueprintsAsync(Expansion, cancellation.Token))
            {
                if (++read == 10)
                {
                    await cancellation.CancelAsync();
                }
            }
        });

        read.ShouldBe(10);
        stream.Reads.ShouldBeLessThan(5);
        stream.Disposed.ShouldBeTrue();
    }

    [Fact]
    public async Task StreamBlueprintsAsync_LeftEarly_ClosesTheBody()
    {
        var stream = new ChunkedStream(Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat(Plain, 50_000)) + "]"), 16_384);
        using var client = new TestClient(new StubTransport(_ => StubTransport.Answer(stream)));

        (await client.Account.Catalog.StreamBlueprintsAsync(Expansion).FirstAsync()).Name.ShouldBe("Mind Rot");

        stream.Reads.ShouldBeLessThan(5);
        stream.Disposed.ShouldBeTrue();
    }

    private static async Task<(List<Blueprint> Rows, CardTraderResponseException? Error)> ReadAsync(TestClient client)
    {
        var rows = new List<Blueprint>();
        try
        {
            await foreach (var row in client.Account.Catalog.StreamBlueprintsAsync(Expansion))
            {
                rows.Add(row);
            }

            return (rows, null);
        }
        catch (CardTraderResponseException error)
        {
            return (rows, error);
        }
    }
}
