using System.Text;
using BrxSync.Simulator.Catalog;
using Microsoft.Extensions.Time.Testing;

namespace BrxSync.Simulator.Tests.Imports;

public sealed class ImportTests : SimulatorTest
{
    private const long Blueprint = GeneratedCatalog.FirstBlueprintId + ((GeneratedCatalog.Expansions - 2) * GeneratedCatalog.PerExpansion);

    private readonly FakeTimeProvider time = new();

    protected override CardTraderSimulatorOptions Options() =>
        new() { TimeProvider = time, Sellers = { new SellerOptions { Products = 100 } } };

    [Fact]
    public async Task Import_AddToStock_CreatesRaisesAndSkips()
    {
        var import = await SubmitAsync($"{Blueprint},2,0.50,Near Mint\n{Blueprint},1,0.50,Near Mint\n5,1,1.00,Near Mint\n", "add_to_stock");
        (await GetAsync($"product_imports/{import}")).Json.GetProperty("sync_ended_at").ValueKind
            .ShouldBe(System.Text.Json.JsonValueKind.Null);

        time.Advance(TimeSpan.FromMinutes(1));

        var state = (await GetAsync($"product_imports/{import}")).Json;
        state.GetProperty("count").GetInt32().ShouldBe(3);
        state.GetProperty("create_count").GetInt32().ShouldBe(1);
        state.GetProperty("update_count").GetInt32().ShouldBe(1);
        state.GetProperty("skipped_count").GetInt32().ShouldBe(1);
        (await GetAsync($"product_imports/{import}/skipped")).Text.ShouldBe("5,1,1.00,Near Mint\n");
        Demo.ProductsOf(Blueprint).Single().Quantity.ShouldBe(3);
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_ReplaceStock_DeletesTheRestOfTheGameOnly()
    {
        var games = Demo.GetStock().Select(level => Demo.FindProduct(level.ProductId)!.GameId).ToList();

        await SubmitAsync($"{Blueprint},2,0.50,Near Mint\n", "replace_stock");
        time.Advance(TimeSpan.FromMinutes(1));

        Demo.ProductCount.ShouldBe(games.Count(game => game != 1) + 1);
        Host.CheckInvariants().ShouldBeEmpty();
    }

    [Fact]
    public async Task Import_WhileAnotherRuns_IsRefusedByTheScheduler()
    {
        await SubmitAsync($"{Blueprint},2,0.50,Near Mint\n", "add_to_stock");

        var answer = await PostAsync("product_imports", Form($"{Blueprint},2,0.50,Near Mint\n", "add_to_stock"));

        answer.Json.GetProperty("errors")[0].GetProperty("scheduler")
            .GetString()!.ShouldStartWith("Another synchronization is in progress.");
    }

    [Fact]
    public async Task Import_RowByNameAndExpansion_FindsTheBlueprint()
    {
        var blueprint = Host.Catalog.FindBlueprint(Blueprint)!;
        var expansion = Host.Catalog.FindExpansion(blueprint.ExpansionId!.Value)!;
        using var form = Form(
            $"name,expansion_code,collector_number,quantity,price\n\"{blueprint.Name}\",{expansion.Code},1,4,2.00\n",
            "add_to_stock",
            "name|expansion_code|collector_number|quantity|price");

        await PostAsync("product_imports", form);
        time.Advance(TimeSpan.FromMinutes(1));

        Demo.ProductsOf(Blueprint).Single().PriceCents.ShouldBe(200);
    }

    [Fact]
    public async Task Import_RowByAnyExternalId_FindsTheBlueprint()
    {
        var blueprint = Host.Catalog.FindBlueprint(Blueprint + 1)!;
        var ids = new Dictionary<string, string>
        {
            ["scryfall_id"] = blueprint.ScryfallId!,
            ["mkm_id"] = $"{blueprint.CardMarketId}",
            ["tcgplayer_id"] = $"{blueprint.TcgPlayerId}",
        };

        foreach (var (column, id) in ids)
        {
            using var form = Form($"{id},1,0.10\n", "add_to_stock", column + "|quantity|price");
            await PostAsync("product_imports", form);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        Demo.ProductsOf(blueprint.Id).Single().Quantity.ShouldBe(3);
    }

    [Fact]
    public async Task Import_WithoutAFile_IsMissingParameter()
    {
        using var form = new MultipartFormDataContent { { new StringContent("1"), "game_id" } };

        (await PostAsync("product_imports", form)).Json.GetProperty("error_code").GetString().ShouldBe("missing_parameter");
    }

    [Fact]
    public async Task Import_ByteOrderMark_IsTakenForAPartOfTheFirstCell()
    {
        var import = await SubmitAsync($"\uFEFF{Blueprint},2,0.50,Near Mint\n{Blueprint},1,0.50,Near Mint\n", "add_to_stock");
        time.Advance(TimeSpan.FromMinutes(1));

        (await GetAsync($"product_imports/{import}")).Json.GetProperty("skipped_count").GetInt32().ShouldBe(1);
        Demo.ProductsOf(Blueprint).Single().Quantity.ShouldBe(1);
    }

    [Fact]
    public async Task Import_NameAsAnEncodedWord_IsNoCsvFile()
    {
        using var form = Form($"{Blueprint},2,0.50,Near Mint\n", "add_to_stock");
        form.First().Headers.ContentDisposition!.FileNameStar = null;
        form.First().Headers.ContentDisposition!.FileName = "Bestände.csv";

        (await PostAsync("product_imports", form)).Json.GetProperty("error_code").GetString().ShouldBe("validation_error");
    }

    private async Task<long> SubmitAsync(string csv, string mode)
    {
        using var form = Form(csv, mode);
        return (await PostAsync("product_imports", form)).Json.GetProperty("id").GetInt64();
    }

    private static MultipartFormDataContent Form(string csv, string mode, string columns = "blueprint_id|quantity|price|condition") => new()
    {
        { new ByteArrayContent(Encoding.UTF8.GetBytes(csv)), "csv", "stock.csv" },
        { new StringContent("1"), "game_id" },
        { new StringContent(mode), "replace_stock_or_add_to_stock" },
        { new StringContent(columns), "column_names" },
    };
}
