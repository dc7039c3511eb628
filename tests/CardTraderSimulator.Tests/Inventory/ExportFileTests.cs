using System.Text;
using System.Text.Json;
using BrxSync.Testing;

namespace BrxSync.Simulator.Tests.Inventory;

public sealed class ExportFileTests
{
    private const string Row = """
        {"id": 5, "blueprint_id": 9, "category_id": 1, "game_id": 1, "name_en": "Moth", "quantity": "3", "price": {"cents": 12, "currency":"EUR"},
         "properties": {"condition": "Near Mint"}, "graded": "", "user_id": 77, "odd": 1.50}
        """;

    [Fact]
    public async Task Export_FromFile_RepeatsTheRowsByteForByte()
    {
        await using var host = await StartAsync($"[{Row},null,{Row}]");

        Encoding.UTF8.GetString(host.Seller().RenderExport()).ShouldBe($"[{Row},null,{Row}]");
        host.Seller().GetStock().Single().ShouldBe(new(5, 9, 3, 12));
        host.Seller().UserId.ShouldBe(77);
    }

    [Fact]
    public async Task Export_ChangedRow_KeepsItsOddForm()
    {
        await using var host = await StartAsync($"[{Row}]");

        host.Seller().SetQuantity(5, 2);
        host.Seller().Reprice(5, 99);

        var text = Encoding.UTF8.GetString(host.Seller().RenderExport());
        text.ShouldContain("\"quantity\":2");
        text.ShouldContain("\"cents\":99");
        text.ShouldContain("\"odd\":1.50");
        text.ShouldContain("\"graded\":\"\"");
    }

    [Theory]
    [InlineData("[{\"id\": 1,")]
    [InlineData("{\"array\": []}")]
    [InlineData("<!DOCTYPE html><p>Maintenance</p>")]
    [InlineData("")]
    [InlineData("[] and more")]
    public async Task Export_BodyThatIsNoArray_IsServedAsItIs(string body)
    {
        await using var host = await StartAsync(body);

        Encoding.UTF8.GetString(host.Seller().RenderExport()).ShouldBe(body);
        host.Seller().GetStock().ShouldBeEmpty();
    }

    [Fact]
    public async Task Export_ByteOrderMark_IsKeptAndTheStockIsKnown()
    {
        await using var host = await StartAsync($"\uFEFF[{Row}]");

        host.Seller().RenderExport()[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        host.Seller().ProductCount.ShouldBe(1);
    }

    public static TheoryData<string> SampleBodies() => RepositoryPaths.SampleData is null
        ? []
        : [.. Directory.GetFiles(RepositoryPaths.SampleDataAt("derived", "products_export.malformed"))
            .Where(file => !file.EndsWith("EXPECTED.json", StringComparison.Ordinal))
            .Append(RepositoryPaths.SampleDataAt("derived", "products_export.seller-large.json"))
            .Select(file => Path.GetRelativePath(RepositoryPaths.SampleData, file))];

    [SampleDataTheory]
    [MemberData(nameof(SampleBodies))]
    public async Task Export_SampleBody_IsServedByteForByte(string file)
    {
        var body = await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt(file));
        await using var host = await StartAsync(body);

        host.Seller().RenderExport().ShouldBe(body);
    }

    [SampleDataFact]
    public async Task Export_SampleQuirks_AreReadAsTheyAreMeant()
    {
        var expected = JsonDocument.Parse(
            await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", "products_export.quirks.expected.json")));
        await using var host = await StartAsync(
            await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", "products_export.quirks.json")));

        foreach (var values in expected.RootElement.EnumerateArray().Select(row => row.GetProperty("expected")))
        {
            var product = host.Seller().FindProduct(values.GetProperty("id").GetInt64()).ShouldNotBeNull();
            product.Quantity.ShouldBe(values.GetProperty("quantity").GetInt32());
            product.PriceCents.ShouldBe(values.GetProperty("price_cents").GetInt32());
            product.BundleSize.ShouldBe(values.GetProperty("bundle_size").GetInt32());
            product.Graded.ShouldBe(values.GetProperty("graded").GetBoolean());
        }

        host.Seller().ProductCount.ShouldBe(240);
    }

    private static Task<CardTraderSimulatorHost> StartAsync(string export) => StartAsync(Encoding.UTF8.GetBytes(export));

    private static Task<CardTraderSimulatorHost> StartAsync(byte[] export) =>
        CardTraderSimulatorHost.StartAsync(new CardTraderSimulatorOptions { Sellers = { new SellerOptions { Export = export } } });
}
