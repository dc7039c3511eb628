using System.Text;
using System.Text.Json;
using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Tests.Catalog;

public sealed class CatalogTests : SimulatorTest
{
    [Fact]
    public async Task Games_List_ComesWrapped() =>
        (await GetAsync("games")).Json.GetProperty("array")[0]
            .EnumerateObject()
            .Select(property => property.Name)
            .ShouldBe(["id", "name", "display_name"]);

    [Fact]
    public async Task Categories_ByGame_AreOfThatGame()
    {
        var all = (await GetAsync("categories")).Json.GetArrayLength();
        var magic = (await GetAsync("categories?game_id=1")).Json.EnumerateArray().ToList();

        magic.ShouldAllBe(category => category.GetProperty("game_id").GetInt32() == 1);
        magic.Count.ShouldBeLessThan(all);
    }

    [Fact]
    public async Task Expansions_Codes_RepeatAcrossGames()
    {
        var rows = (await GetAsync("expansions")).Json.EnumerateArray().ToList();

        rows.Count.ShouldBe(GeneratedCatalog.Expansions);
        rows.Select(row => row.GetProperty("code").GetString()).Distinct().Count().ShouldBeLessThan(rows.Count);
        rows
            .Select(row => (row.GetProperty("game_id").GetInt32(), row.GetProperty("code").GetString()))
            .Distinct()
            .Count()
            .ShouldBe(rows.Count);
    }

    [Fact]
    public async Task ExpansionsExport_List_HoldsOnlyThoseOfTheStock()
    {
        var rows = (await GetAsync("expansions/export")).Json.EnumerateArray().Select(row => row.GetProperty("id").GetInt32()).ToList();

        rows.ShouldBe(
            Demo.GetStock().Select(level => Host.Catalog.FindBlueprint(level.BlueprintId)!.ExpansionId!.Value).Distinct().Order());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?expansion_id=abc")]
    [InlineData("?expansion_id=1")]
    [InlineData("?expansion_id=-5")]
    public async Task BlueprintsExport_MissingOrInvalidExpansion_Is404(string query) =>
        (await GetAsync("blueprints/export" + query)).Json.GetProperty("error_code").GetString().ShouldBe("not_found");

    [Fact]
    public async Task BlueprintsExport_NotReady_SaysSo()
    {
        Host.Catalog.NotReady.Add(GeneratedCatalog.FirstExpansionId);

        var answer = await GetAsync($"blueprints/export?expansion_id={GeneratedCatalog.FirstExpansionId}");

        answer.Status.ShouldBe(404);
        answer.Json.GetProperty("extra").GetProperty("message").GetString()!.ShouldStartWith("Data is not ready");
    }

    [Fact]
    public async Task BlueprintsExport_NullExpansion_ListsThoseWithout()
    {
        (await GetAsync("blueprints/export?expansion_id=null")).Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task BlueprintsExport_Values_ShowTheRecordedVariety()
    {
        var rows = (await GetAsync($"blueprints/export?expansion_id={GeneratedCatalog.FirstExpansionId}")).Json.EnumerateArray().ToList();

        rows.Count.ShouldBe(GeneratedCatalog.PerExpansion);
        rows.Select(row => row.GetProperty("version").ValueKind).Distinct().Count().ShouldBe(2);
        rows.Select(row => row.GetProperty("scryfall_id").GetRawText()).ShouldContain("\"\"");
        rows.ShouldContain(row => row.GetProperty("editable_properties").GetArrayLength() == 0);
        rows.ShouldContain(row => row.GetProperty("card_market_ids").GetArrayLength() == 0);
        var foil = rows[0]
            .GetProperty("editable_properties")
            .EnumerateArray()
            .Single(property => property.GetProperty("name").GetString() == "mtg_foil");
        foil.GetProperty("default_value").GetString().ShouldBe("false");
        foil.GetProperty("possible_values")[0].ValueKind.ShouldBe(JsonValueKind.True);
    }

    [Fact]
    public async Task Blueprints_Undocumented_ComeInPagesOfFifty()
    {
        var path = $"blueprints?expansion_id={GeneratedCatalog.FirstExpansionId}&page=";

        (await GetAsync(path + 1)).Json.GetArrayLength().ShouldBe(50);
        (await GetAsync(path + 3)).Json.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Catalog_RecordedBodies_AreServedAgain()
    {
        const string blueprint = """
            {"id":7,"name":"Owl","version":null,"game_id":1,"category_id":1,"expansion_id":3,"fixed_properties":{"mtg_rarity":"Rare"},
             "editable_properties":[{"name":"condition","type":"string","default_value":"Near Mint","possible_values":["Near Mint"]}],
             "card_market_ids":[12],"tcg_player_id":null,"scryfall_id":""}
            """;
        await using var host = await CardTraderSimulatorHost.StartAsync(new CardTraderSimulatorOptions
        {
            ExpansionBodies = { Encoding.UTF8.GetBytes("""[{"id":3,"game_id":1,"code":"owl","name":"Owls"}]""") },
            BlueprintBodies = { Encoding.UTF8.GetBytes($"[{blueprint}]") },
        });

        host.Catalog.FindBlueprint(7)!.CardMarketId.ShouldBe(12);
        host.Seller().AddProduct(7, 1, 50).Properties.Select(property => property.Key).ShouldBe(["mtg_rarity", "condition"]);
        host.Catalog.BlueprintsOf(3).Single().Name.ShouldBe("Owl");
    }
}
