using System.Globalization;
using System.Text.Json;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Snapshots;
using BrxSync.Testing;
using CardTraderSimulator;

namespace BrxSync.Store.Compliance;

/// <summary>Full syncs of recorded-like exports, where the sample data lies beside the repository.</summary>
public abstract class SampleExportSuite : StoreSuite
{
    private readonly AccountId _account = AccountId.Create();

    private async Task<CardTraderSimulatorHost> StartAsync(string export)
    {
        var options = new CardTraderSimulatorOptions();
        options.Sellers.Add(new SellerOptions { Token = "t", Export = await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", export)) });
        var marketplace = await CardTraderSimulatorHost.StartAsync(options);
        await Store.StartAsync(marketplace.BaseAddress);
        await Store.AccountService.ConnectAsync(_account, "t");
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
        var local = (await ItemsAsync(_account)).Values.ToDictionary(item => item.ExternalStockId!, item => item.Quantity, StringComparer.Ordinal);
        local.ShouldBe(
            marketplace.Seller().GetStock().ToDictionary(level => level.ProductId.ToString(CultureInfo.InvariantCulture), level => level.Quantity),
            ignoreOrder: true);
    }

    [SampleDataFact]
    public async Task Run_Quirks_AreStoredAsExpected()
    {
        await using var marketplace = await StartAsync("products_export.quirks.json");
        await SyncAsync();
        var items = await ItemsAsync(_account);

        using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", "products_export.quirks.expected.json")));
        foreach (var quirk in expected.RootElement.EnumerateArray())
        {
            var values = quirk.GetProperty("expected");
            var item = items[values.GetProperty("id").GetInt64().ToString(CultureInfo.InvariantCulture)];
            var oddity = quirk.GetProperty("oddity").GetString();
            item.Quantity.ShouldBe(values.GetProperty("quantity").GetInt32(), oddity);
            item.PriceCents.ShouldBe(values.GetProperty("price_cents").GetInt32(), oddity);
            item.Graded.ShouldBe(values.GetProperty("graded").GetBoolean(), oddity);
            item.UserDataField.ShouldBe(values.GetProperty("user_data_field").GetString(), oddity);
        }
    }

    [SampleDataFact]
    public async Task Run_EachMalformedBody_GetsItsVerdictAndRemovesNothing()
    {
        await using var marketplace = await StartAsync("products_export.seller-small.json");
        (await SyncAsync()).Status.ShouldBe(OperationStatus.Completed);
        var inStock = (await Store.Inventory.SummarizeAsync(_account)).InStock;
        using var expected = JsonDocument.Parse(await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", "products_export.malformed", "EXPECTED.json")));
        foreach (var body in expected.RootElement.EnumerateArray())
        {
            var file = body.GetProperty("file").GetString()!;
            marketplace.Seller().ExportBody = await File.ReadAllBytesAsync(RepositoryPaths.SampleDataAt("derived", "products_export.malformed", file));
            var before = await ItemsAsync(_account);

            var result = await SyncAsync();

            var status = body.GetProperty("verdict").GetString() == "reject" ? OperationStatus.Failed : OperationStatus.Withheld;
            result.Status.ShouldBe(status, $"{file}: {result.Error}");
            result.Error.ShouldNotBeNullOrWhiteSpace(file);
            (await Store.Operations.FindAsync(result.OperationId))!.Status.ShouldBe(status, file);
            var after = await ItemsAsync(_account);
            before.Keys.Except(after.Keys).ShouldBeEmpty(file);
            after.Values.Count(item => item.Quantity > 0).ShouldBeGreaterThanOrEqualTo((int)inStock, file);
            if (status == OperationStatus.Failed)
            {
                after.ShouldBe(before, ignoreOrder: true, file);
            }
        }
    }
}
