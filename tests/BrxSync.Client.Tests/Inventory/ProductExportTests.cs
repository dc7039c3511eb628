using System.Net;
using System.Text;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;

namespace BrxSync.Client.Tests.Inventory;

public sealed class ProductExportTests
{
    private const string Plain =
        """{"id":7,"blueprint_id":58314,"quantity":3,"price_cents":35,"price_currency":"EUR","properties_hash":{"condition":"Near Mint","mtg_foil":false}}""";

    [Theory]
    [InlineData("", ResponseFaultKind.Empty)]
    [InlineData(" \r\n ", ResponseFaultKind.Empty)]
    [InlineData("null", ResponseFaultKind.UnexpectedShape)]
    [InlineData("""{"array":[]}""", ResponseFaultKind.UnexpectedShape)]
    [InlineData("oops", ResponseFaultKind.Malformed)]
    [InlineData("[", ResponseFaultKind.CutShort)]
    [InlineData("[" + Plain, ResponseFaultKind.CutShort)]
    [InlineData("[" + Plain + ",", ResponseFaultKind.CutShort)]
    [InlineData("""[{"id":7,"blueprint_id":58""", ResponseFaultKind.CutShort)]
    [InlineData("[" + Plain + "] x", ResponseFaultKind.TrailingText)]
    [InlineData("[" + Plain + "][]", ResponseFaultKind.TrailingText)]
    [InlineData("[" + Plain + ",]", ResponseFaultKind.Malformed)]
    [InlineData("[" + Plain + Plain + "]", ResponseFaultKind.Malformed)]
    [InlineData("[{'id':7}]", ResponseFaultKind.Malformed)]
    [InlineData("[{\"id\":7,}]", ResponseFaultKind.Malformed)]
    public async Task ReadRowsAsync_UnusableBody_ThrowsWithItsKind(string body, ResponseFaultKind kind)
    {
        var error = await ReadFaultAsync(Encoding.UTF8.GetBytes(body));

        error.Kind.ShouldBe(kind);
        error.Operation.ShouldBe("GET /products/export");
    }

    [Fact]
    public async Task ReadRowsAsync_HtmlPage_QuotesItsFirstParagraph()
    {
        const string Page =
            "\n<!DOCTYPE html><html><head><title>T</title></head><p class=\"x\">Down for <b>maintenance</b> &amp; tea</p><p>2</p>";

        var error = await ReadFaultAsync(Encoding.UTF8.GetBytes(Page));

        error.Kind.ShouldBe(ResponseFaultKind.Html);
        error.IsTransient.ShouldBeTrue();
        error.Message.ShouldContain("Down for maintenance & tea");
    }

    [Fact]
    public async Task ReadRowsAsync_ErrorBodyWithSuccessStatus_QuotesIt()
    {
        var error = await ReadFaultAsync("""{"error":"Too many requests: max 200 requests per 10 seconds"}"""u8.ToArray());

        error.Kind.ShouldBe(ResponseFaultKind.UnexpectedShape);
        error.Message.ShouldContain("max 200 requests per 10 seconds");
    }

    [Fact]
    public async Task ReadRowsAsync_BytesThatAreNotUtf8_ThrowsWithRowAndPosition()
    {
        byte[] body = [.. "["u8, .. Encoding.UTF8.GetBytes(Plain), .. ",{\"id\":8,\"note\":\""u8, 0xC3, 0x28, .. "\"}]"u8];

        var error = await ReadFaultAsync(body);

        error.Kind.ShouldBe(ResponseFaultKind.NotUtf8);
        error.Row.ShouldBe(1);
        error.BytePosition.ShouldBe(Plain.Length + 2);
    }

    [Theory]
    [InlineData(62, null)]
    [InlineData(64, ResponseFaultKind.TooDeep)]
    [InlineData(100_000, ResponseFaultKind.TooDeep)]
    public async Task ReadRowsAsync_NestedValue_IsLimitedTo64Levels(int levels, ResponseFaultKind? kind)
    {
        var body = "[{\"id\":1,\"deep\":" + new string('[', levels) + new string(']', levels) + "}]";

        var (_, error) = await ReadAsync(Encoding.UTF8.GetBytes(body));

        (error?.Kind).ShouldBe(kind);
    }

    [Theory]
    [InlineData("null", "not an object")]
    [InlineData("17", "not an object")]
    [InlineData("[1,[2]]", "not an object")]
    [InlineData("\"x\"", "not an object")]
    [InlineData("{}", "id is missing")]
    [InlineData("""{"id":1}""", "blueprint_id is missing")]
    [InlineData("""{"id":1,"blueprint_id":2}""", "quantity is missing")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1}""", "price is missing")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1,"price_cents":5}""", "no currency")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1,"price_cents":5,"price":{"currency":"EUR"}}""", "no currency")]
    [InlineData("""{"id":null,"blueprint_id":2}""", "id is missing")]
    [InlineData("""{"id":"","blueprint_id":2}""", "id is missing")]
    [InlineData("""{"id":0}""", "id is out of range (0)")]
    [InlineData("""{"id":-5}""", "id is negative (-5)")]
    [InlineData("""{"id":12.0}""", "id is not a whole number")]
    [InlineData("""{"id":"12.0"}""", "id is not a whole number of 64 bits (\"12.0\")")]
    [InlineData("""{"id":" 12"}""", "id is not a whole number")]
    [InlineData("""{"id":"+12"}""", "id is not a whole number")]
    [InlineData("""{"id":99999999999999999999}""", "id is not a whole number of 64 bits")]
    [InlineData("""{"id":{"value":1}}""", "id is an object")]
    [InlineData("""{"id":1,"id":2}""", "id appears twice")]
    [InlineData("""{"id":1,"\u0069d":2}""", "id appears twice")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":-2}""", "quantity is negative (-2)")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1.5}""", "quantity is not a whole number")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":3000000000}""", "quantity is out of range")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":[3]}""", "quantity is an array")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1,"bundle_size":0}""", "bundle_size is out of range (0)")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1,"price_cents":-1,"price_currency":"EUR"}""", "price_cents is negative (-1)")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1,"price_cents":1,"price_currency":7}""", "price_currency is not a text (7)")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1,"user_id":"x"}""", "user_id is not a whole number")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1,"properties_hash":"x"}""", "properties_hash is not an object")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1,"properties_hash":[]}""", "properties_hash is an array")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1,"description":"\ud800"}""", "description is not valid Unicode text")]
    [InlineData("""{"id":1,"blueprint_id":2,"quantity":1,"properties_hash":{"a":"\udc00"}}""", "not valid Unicode")]
    public async Task ReadRowsAsync_ImpossibleRow_IsAFaultAndTheStreamGoesOn(string row, string fault)
    {
        var (rows, error) = await ReadAsync(Encoding.UTF8.GetBytes($"[{Plain},{row},{Plain}]"));

        error.ShouldBeNull();
        rows.Count.ShouldBe(3);
        rows[1].Product.ShouldBeNull();
        rows[1].Fault.ShouldNotBeNull().ShouldContain(fault);
        rows[1].Index.ShouldBe(1);
        rows[1].ByteOffset.ShouldBe(Plain.Length + 2);
        rows[2].Product.ShouldNotBeNull().Id.ShouldBe(new ProductId(7));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(100_000)]
    public async Task ReadRowsAsync_AnyChunking_GivesTheSameRows(int chunk)
    {
        var body = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "Fixtures", "export.quirks.json"));
        var (expected, _) = await ReadAsync(body);
        using var client = new TestClient(
            new StubTransport(_ => StubTransport.Answer(new ChunkedStream([0xEF, 0xBB, 0xBF, .. body], chunk))));

        await using var export = await client.Account.Inventory.OpenExportAsync();
        var rows = await export.ReadRowsAsync().ToListAsync();

        rows.Select(row => (row.Product?.Id, row.Product?.Price, row.Product?.Properties, row.Fault, row.ByteOffset))
            .ShouldBe(
                expected.Select(row => (row.Product?.Id, row.Product?.Price, row.Product?.Properties, row.Fault, row.ByteOffset + 3)));
        export.BytesRead.ShouldBe(body.Length + 3);
    }

    [Fact]
    public async Task ReadRowsAsync_RowLargerThanTheBuffer_IsRead()
    {
        var text = new string('x', 1_000_000);
        var body = Encoding.UTF8.GetBytes(
            $$"""[{{Plain}},{"id":8,"blueprint_id":2,"quantity":1,"price":{"cents":1,"currency":"EUR"},"description":"{{text}}"},{{Plain}}]""");
        using var client = new TestClient(new StubTransport(_ => StubTransport.Answer(new ChunkedStream(body, 1400))));

        await using var export = await client.Account.Inventory.OpenExportAsync();
        var rows = await export.ReadRowsAsync().ToListAsync();

        rows[1].Product.ShouldNotBeNull().Description.ShouldBe(text);
        rows[2].Fault.ShouldBeNull();
    }

    [Fact]
    public async Task ReadRowsAsync_RowAboveTheLimit_IsRefusedWithoutReadingAllOfIt()
    {
        var stream = new ChunkedStream([.. "[{\"id\":1,\"x\":\""u8, .. Enumerable.Repeat((byte)'x', 40_000_000)], 65536);
        using var client = new TestClient(
            new StubTransport(_ => StubTransport.Answer(stream)), options => options.MaxExportRowBytes = 1024 * 1024);

        await using var export = await client.Account.Inventory.OpenExportAsync();
        var error = await Should.ThrowAsync<CardTraderResponseException>(async () => await export.ReadRowsAsync().ToListAsync());

        error.Kind.ShouldBe(ResponseFaultKind.TooLarge);
        export.BytesRead.ShouldBeLessThan(5_000_000);
    }

    [Fact]
    public async Task ReadRowsAsync_ConnectionBreaks_IsCutShortAndTransient()
    {
        var stream = new ChunkedStream(
            Encoding.UTF8.GetBytes("[" + Plain + ",{"), 50, _ => throw new HttpIOException(HttpRequestError.ResponseEnded, "reset"));
        using var client = new TestClient(new StubTransport(_ => StubTransport.Answer(stream)));

        await using var export = await client.Account.Inventory.OpenExportAsync();
        var error = await Should.ThrowAsync<CardTraderResponseException>(async () => await export.ReadRowsAsync().ToListAsync());

        error.Kind.ShouldBe(ResponseFaultKind.CutShort);
        error.IsTransient.ShouldBeTrue();
        error.IsOutcomeUnknown.ShouldBeFalse();
    }

    [Fact]
    public async Task ReadRowsAsync_CancelledMidway_StopsReadingAndClosesTheBody()
    {
        var stream = new ChunkedStream(Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat(Plain, 50_000)) + "]"), 16_384);
        using var client = new TestClient(new StubTransport(_ => StubTransport.Answer(stream)));
        using var cancellation = new CancellationTokenSource();

        var read = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in client.Account.Inventory.StreamExportAsync(cancellationToken: cancellation.Token))
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
    public async Task StreamExportAsync_UnreadableRow_ThrowsWithItsPlace()
    {
        using var client = TestClient.Answering($$"""[{{Plain}},{"id":"x"}]""");

        var error = await Should.ThrowAsync<CardTraderResponseException>(
            async () => await client.Account.Inventory.StreamExportAsync().ToListAsync());

        error.Kind.ShouldBe(ResponseFaultKind.UnreadableRow);
        error.Row.ShouldBe(1);
        error.BytePosition.ShouldBe(Plain.Length + 2);
        error.Message.ShouldContain("id is not a whole number");
    }

    [Fact]
    public async Task ReadRowsAsync_SecondTime_IsRefused()
    {
        using var client = TestClient.Answering("[]");
        await using var export = await client.Account.Inventory.OpenExportAsync();
        (await export.ReadRowsAsync().ToListAsync()).ShouldBeEmpty();

        Should.Throw<InvalidOperationException>(() => export.ReadRowsAsync());
    }

    [Fact]
    public async Task OpenExportAsync_BothFilters_AreSent()
    {
        var transport = new StubTransport(HttpStatusCode.OK, "[]");
        using var client = new TestClient(transport);

        await using var export = await client.Account.Inventory.OpenExportAsync(
            new ProductExportFilter { BlueprintId = new BlueprintId(58314), ExpansionId = new ExpansionId(979) });

        transport.Sent.ShouldHaveSingleItem().Address.AbsoluteUri
            .ShouldBe("https://api.cardtrader.com/api/v2/products/export?blueprint_id=58314&expansion_id=979");
    }

    private static async Task<CardTraderResponseException> ReadFaultAsync(byte[] body) => (await ReadAsync(body)).Error.ShouldNotBeNull();

    private static async Task<(List<ProductExportRow> Rows, CardTraderResponseException? Error)> ReadAsync(byte[] body)
    {
        using var client = TestClient.Answering(body);
        await using var export = await client.Account.Inventory.OpenExportAsync();
        var rows = new List<ProductExportRow>();
        try
        {
            await foreach (var row in export.ReadRowsAsync())
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
