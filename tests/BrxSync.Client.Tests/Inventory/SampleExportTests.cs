using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.Inventory;

/// <summary>The recorded and derived sample bodies that may lie beside the repository.</summary>
public sealed class SampleExportTests
{
    // The client reads rows one by one: what only the whole stock shows is judged by whoever applies it.
    private static readonly string[] JudgedByTheStock = ["05-duplicate-ids.json", "09-foreign-user-id.json", "19-two-currencies.json"];

    public static TheoryData<string, string> MalformedBodies()
    {
        var data = new TheoryData<string, string>();
        if (RepositoryPaths.SampleData is { } folder)
        {
            using var expected = JsonDocument.Parse(
                File.ReadAllBytes(Path.Combine(folder, "derived", "products_export.malformed", "EXPECTED.json")));
            foreach (var body in expected.RootElement.EnumerateArray())
            {
                data.Add(body.GetProperty("file").GetString()!, body.GetProperty("verdict").GetString()!);
            }
        }

        return data;
    }

    [SampleDataTheory]
    [MemberData(nameof(MalformedBodies))]
    public async Task ReadRowsAsync_MalformedSample_GivesItsVerdict(string file, string verdict)
    {
        var body = await File.ReadAllBytesAsync(Path.Combine(RepositoryPaths.SampleData!, "derived", "products_export.malformed", file));

        var (rows, error) = await ReadAsync(body);

        var actual = error is not null ? "reject" : rows.Exists(row => row.Fault is not null) ? "withhold" : "accept";
        var expected = JudgedByTheStock.Contains(file) || verdict.StartsWith("accept", StringComparison.Ordinal) ? "accept" : verdict;
        actual.ShouldBe(expected, $"{file}: {error?.Message} {string.Join(", ", rows.Select(row => row.Fault))}");
        if (error is not null)
        {
            (error.BytePosition is not null
                || error.Row is not null
                || error.Kind is ResponseFaultKind.Empty or ResponseFaultKind.Html).ShouldBeTrue();
        }
    }

    [SampleDataFact]
    public async Task ReadRowsAsync_QuirksSample_GivesTheNormalisedValues()
    {
        var folder = Path.Combine(RepositoryPaths.SampleData!, "derived");
        var (rows, error) = await ReadAsync(await File.ReadAllBytesAsync(Path.Combine(folder, "products_export.quirks.json")));
        using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "products_export.quirks.expected.json")));

        error.ShouldBeNull();
        rows.Count.ShouldBe(240);
        rows.ShouldAllBe(row => row.Fault == null);
        foreach (var oddity in expected.RootElement.EnumerateArray())
        {
            var name = oddity.GetProperty("oddity").GetString();
            var values = oddity.GetProperty("expected");
            var product = rows[oddity.GetProperty("index").GetInt32()].Product.ShouldNotBeNull(name);
            product.Id.Value.ShouldBe(values.GetProperty("id").GetInt64(), name);
            product.Quantity.ShouldBe(values.GetProperty("quantity").GetInt32(), name);
            product.Price.ShouldBe(
                new Money(values.GetProperty("price_cents").GetInt64(), values.GetProperty("price_currency").GetString()!), name);
            product.Graded.ShouldBe(values.GetProperty("graded").GetBoolean(), name);
            product.BundleSize.ShouldBe(values.GetProperty("bundle_size").GetInt32(), name);
            product.UserDataField.ShouldBe(values.GetProperty("user_data_field").GetString(), name);
        }
    }

    [SampleDataFact]
    public async Task ReadRowsAsync_LargeSample_AgreesWithAPlainParser()
    {
        var body = await File.ReadAllBytesAsync(Path.Combine(RepositoryPaths.SampleData!, "derived", "products_export.seller-large.json"));
        var (rows, error) = await ReadAsync(body);
        using var plain = JsonDocument.Parse(body);

        error.ShouldBeNull();
        rows.Count.ShouldBe(plain.RootElement.GetArrayLength());
        foreach (var (row, json) in rows.Zip(plain.RootElement.EnumerateArray()))
        {
            var product = row.Product.ShouldNotBeNull();
            product.Id.Value.ShouldBe(json.GetProperty("id").GetInt64());
            product.Quantity.ShouldBe(json.GetProperty("quantity").GetInt32());
            product.Price.Cents.ShouldBe(json.GetProperty("price_cents").GetInt64());
            product.Name.ShouldBe(json.GetProperty("name_en").GetString());
            product.Description.ShouldBe(json.GetProperty("description").GetString());
            product.Properties.ToString().ShouldBe(json.GetProperty("properties_hash").GetRawText());
        }
    }

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
