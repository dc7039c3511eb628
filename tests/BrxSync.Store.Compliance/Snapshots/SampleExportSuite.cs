using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using BrxSync.Simulator;
using BrxSync.Sync;
using BrxSync.Testing;

namespace BrxSync.Store.Compliance.Snapshots;

/// <summary>Full syncs of recorded-like exports, where the sample data lies beside the repository.</summary>
public abstract class SampleExportSuite : StoreSuite
{
    private readonly AccountId _account = AccountId.Create();

    private async Task<CardTraderSimulatorHost> StartAsync(string export, Func<string, string>? change = null)
    {
        var options = new CardTraderSimulatorOptions();
        var body = await File.ReadAllTextAsync(RepositoryPaths.SampleDataAt("derived", export));
        options.Sellers.Add(new SellerOptions { Token = "sample-token", Export = Encoding.UTF8.GetBytes(change?.Invoke(body) ?? body) });
        var marketplace = await CardTraderSimulatorHost.StartAsync(options);
        await Store.StartAsync(marketplace.BaseAddress);
        await Store.AccountService.ConnectAsync(_account, "sample-token");
        return marketplace;
    }

    public override Task InitializeAsync() => Task.CompletedTask;

    private Task<SyncResult> SyncAsync() => Store.FullSync.RunAsync(new SyncRequest { AccountId = _account });

    [SampleDataTheory]
    [InlineData("products_export.seller-small.json", 300)]
    [InlineData("products_export.seller-large.json", 11_500)]
    [InlineData("products_export.quirks.json", 240)]
    public async Task Run_SampleExport_EndsInEqualStock(string export, int products)
    {
        await using var marketplace = await StartAsync(export);

        var result = await SyncAsync();

        result.Status.ShouldBe(OperationStatus.Completed, result.Error);
        result.Progress.Created.ShouldBe(products);
        var local = (await ItemsAsync(_account)).Values.ToDictionary(
            item => item.ProductId.ToString()!, item => item.Quantity, StringComparer.Ordinal);
        local.ShouldBe(
            marketplace
                .Seller()
                .GetStock()
                .ToDictionary(level => level.ProductId.ToString(CultureInfo.InvariantCulture), level => level.Quantity),
            ignoreOrder: true);
    }

    [SampleDataFact]
    public async Task Run_Quirks_AreStoredAsExpected()
    {
        await using var marketplace = await StartAsync("products_export.quirks.json");
        await SyncAsync();
        var items = await ItemsAsync(_account);

        using var expected = JsonDocument.Parse(
            await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", "products_export.quirks.expected.json")));
        foreach (var quirk in expected.RootElement.EnumerateArray())
        {
            var values = quirk.GetProperty("expected");
            var item = items[values.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture)];
            var oddity = quirk.GetProperty("oddity").GetString();
            item.Quantity.ShouldBe(values.GetProperty("quantity").GetInt32(), oddity);
            item.Price?.Cents.ShouldBe(values.GetProperty("price_cents").GetInt32(), oddity);
            item.Graded.ShouldBe(values.GetProperty("graded").GetBoolean(), oddity);
            item.UserDataField.ShouldBe(values.GetProperty("user_data_field").GetString(), oddity);
        }
    }

    /// <summary>What the reason of each body must say, in the order of the files; null for the one body that is whole.</summary>
    private static readonly string?[] MalformedReasons =
    [
        "ended", "@P", "shape", "shape", "share an id", "quantity", "id", "id", "another seller", "are gone", "deep", "UTF-8", null,
        "after", "empty", "shape",
        "id", "quantity", "priced in", "could not be used",
    ];

    [SampleDataFact]
    public async Task Run_EachMalformedBodyAfterTheLargeExport_GetsItsVerdictAndReasonAndRemovesNothing()
    {
        // The bodies belong to the small seller; here the large stock does, so that no body is refused for its owner alone.
        await using var marketplace = await StartAsync(
            "products_export.seller-large.json", body => body.Replace("9000200", "9000100", StringComparison.Ordinal));
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        var inStock = (await Store.Inventory.SummarizeAsync(_account)).InStock;
        inStock.ShouldBe(11_500);
        using var expected = JsonDocument.Parse(
            await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", "products_export.malformed", "EXPECTED.json")));
        var bodies = expected.RootElement.EnumerateArray().ToList();
        bodies.Count.ShouldBe(MalformedReasons.Length);
        foreach (var (body, word) in bodies.Zip(MalformedReasons))
        {
            var file = body.GetProperty("file").GetString()!;
            var bytes = await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", "products_export.malformed", file));
            marketplace.Seller().ExportBody = bytes;
            var before = await ItemsAsync(_account);

            var result = await SyncAsync();

            // A whole body of a few products is a fall like any other for a seller of thousands.
            var status = body.GetProperty("verdict").GetString() == "reject" ? OperationStatus.Failed : OperationStatus.Withheld;
            result.Status.ShouldBe(status, $"{file}: {result.Error}");
            var reason = word == "@P" ? Regex.Match(Encoding.UTF8.GetString(bytes), "<p>(.*?)</p>").Groups[1].Value : word ?? "are gone";
            result.Error.ShouldNotBeNull(file).ShouldContain(reason, Case.Insensitive, $"{file}: {result.Error}");
            result.Reasons.ShouldContain(text => text.Contains(reason, StringComparison.OrdinalIgnoreCase), file);
            (await Store.Operations.FindAsync(result.OperationId))!.Status.ShouldBe(status, file);
            var after = await ItemsAsync(_account);
            before.Keys.Except(after.Keys).ShouldBeEmpty(file);
            after.Values.Count(item => item.Quantity > 0).ShouldBeGreaterThanOrEqualTo((int)inStock, file);
            after.Values.ShouldNotContain(item => item.MissingCount > 0, file);
            if (status == OperationStatus.Failed)
            {
                after.Count.ShouldBe(before.Count, file);
                after.ShouldAllBe(pair => before[pair.Key] == pair.Value, file);
            }
        }

        marketplace.Seller().ExportBody = null;
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        (await Store.Inventory.SummarizeAsync(_account)).InStock.ShouldBe(inStock);
    }
}
