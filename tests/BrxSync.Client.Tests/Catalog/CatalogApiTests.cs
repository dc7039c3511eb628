using System.Net;
using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Testing;

namespace BrxSync.Client.Tests.Catalog;

public sealed class CatalogApiTests
{
    [Theory]
    [InlineData("""{"array":[{"id":1,"name":"Magic","display_name":"Magic: the Gathering","new":true}]}""")]
    [InlineData("""[{"id":"1","name":"Magic","display_name":"Magic: the Gathering"}]""")]
    [InlineData("""{"other":{"array":[]},"array":[{"id":1,"name":"Magic","display_name":"Magic: the Gathering"}]}""")]
    public async Task ListGamesAsync_WrappedOrNot_IsRead(string body)
    {
        using var client = TestClient.Answering(body);

        var game = (await client.Account.Catalog.ListGamesAsync()).ShouldHaveSingleItem();

        game.Id.ShouldBe(new GameId(1));
        game.DisplayName.ShouldBe("Magic: the Gathering");
    }

    [Fact]
    public async Task ListExpansionsAsync_WrappedLikeGames_IsRefused()
    {
        using var client = TestClient.Answering("""{"array":[]}""");

        var error = await Should.ThrowAsync<CardTraderResponseException>(() => client.Account.Catalog.ListExpansionsAsync());

        error.Kind.ShouldBe(ResponseFaultKind.UnexpectedShape);
    }

    [Fact]
    public async Task ListCategoriesAsync_ForAGame_SendsItAndReadsProperties()
    {
        var transport = new StubTransport(
            HttpStatusCode.OK,
            """[{"id":1,"name":"Single","game_id":1,"properties":[{"name":"mtg_foil","type":"boolean","possible_values":[true,false]},{"name":"number","type":"string","possible_values":null}]},{"id":2,"name":"x","game_id":null,"properties":null}]""");
        using var client = new TestClient(transport);

        var categories = await client.Account.Catalog.ListCategoriesAsync(new GameId(1));

        transport.Sent[0].Address.PathAndQuery.ShouldBe("/api/v2/categories?game_id=1");
        categories[0].Properties[0].IsBoolean.ShouldBeTrue();
        categories[0].Properties[0].Allows("true").ShouldBeTrue();
        categories[0].Properties[1].PossibleValues.ShouldBeEmpty();
        categories[1].Properties.ShouldBeEmpty();
        categories[1].GameId.ShouldBeNull();
    }

    [Fact]
    public async Task StreamBlueprintsAsync_OddValues_AreNormalised()
    {
        using var client = TestClient.Answering(
            """[{"id":1,"name":"A","version":"","game_id":1,"category_id":1,"expansion_id":null,"fixed_properties":null,"editable_properties":null,"card_market_ids":null,"tcg_player_id":"12","scryfall_id":"","image":{"url":"/a","show":{"url":"/s"}},"back_image":null,"card_market_id":5}]""");

        var blueprint = await client.Account.Catalog.StreamBlueprintsAsync(new ExpansionId(979)).SingleAsync();

        blueprint.Version.ShouldBeNull();
        blueprint.ScryfallId.ShouldBeNull();
        blueprint.ExpansionId.ShouldBeNull();
        blueprint.TcgPlayerId.ShouldBe(12);
        blueprint.FixedProperties.ShouldBeEmpty();
        blueprint.EditableProperties.ShouldBeEmpty();
        blueprint.CardMarketIds.ShouldBeEmpty();
        blueprint.Image!.Show!.Url.ShouldBe("/s");
        blueprint.ExtensionData!["card_market_id"].GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task StreamBlueprintsWithoutExpansionAsync_Called_SendsTheWordNull()
    {
        var transport = new StubTransport(HttpStatusCode.OK, "[]");
        using var client = new TestClient(transport);

        (await client.Account.Catalog.StreamBlueprintsWithoutExpansionAsync().ToListAsync()).ShouldBeEmpty();

        transport.Sent[0].Address.PathAndQuery.ShouldBe("/api/v2/blueprints/export?expansion_id=null");
    }

    [Theory]
    [InlineData("", ResponseFaultKind.Empty)]
    [InlineData("<html><p>Sorry</p>", ResponseFaultKind.Html)]
    [InlineData("""[{"id":1},""", ResponseFaultKind.CutShort)]
    [InlineData("""[{"id":"x"}]""", ResponseFaultKind.UnreadableRow)]
    [InlineData("""[null]""", ResponseFaultKind.UnreadableRow)]
    public async Task StreamBlueprintsAsync_UnusableBody_ThrowsWithItsKind(string body, ResponseFaultKind kind)
    {
        using var client = TestClient.Answering(body);

        var error = await Should.ThrowAsync<CardTraderResponseException>(
            async () => await client.Account.Catalog.StreamBlueprintsAsync(new ExpansionId(1)).ToListAsync());

        error.Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task StreamBlueprintsAsync_DataNotReady_IsTransientAndSaysSo()
    {
        using var client = new TestClient(new StubTransport(
            HttpStatusCode.NotFound,
            """{"error_code":"not_found","errors":[],"extra":{"message":"Data is not ready for 12"},"request_id":"0f0e"}"""));

        var error = await Should.ThrowAsync<CardTraderException>(
            async () => await client.Account.Catalog.StreamBlueprintsAsync(new ExpansionId(12)).ToListAsync());

        error.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        error.IsTransient.ShouldBeTrue();
        error.RequestId.ShouldBe("0f0e");
        error.Message.ShouldContain("try again later");
    }

    [SampleDataFact]
    public async Task CatalogCalls_RecordedBodies_AreReadCompletely()
    {
        var folder = Path.Combine(RepositoryPaths.SampleData!, "real");
        var transport = new StubTransport(request => StubTransport.Answer(
            HttpStatusCode.OK, File.ReadAllBytes(Path.Combine(folder, request.RequestUri!.AbsolutePath switch
            {
                "/api/v2/expansions" => "expansions.json",
                "/api/v2/categories" => "categories.json",
                _ => "blueprints_export.expansion-979.json",
            }))));
        using var client = new TestClient(transport);

        (await client.Account.Catalog.ListExpansionsAsync()).Count.ShouldBe(3416);
        var categories = await client.Account.Catalog.ListCategoriesAsync();
        categories.Count.ShouldBe(272);
        categories.Sum(category => category.Properties.Count).ShouldBe(885);
        var blueprints = await client.Account.Catalog.StreamBlueprintsAsync(new ExpansionId(979)).ToListAsync();
        blueprints.Count.ShouldBe(346);
        blueprints.ShouldAllBe(blueprint => blueprint.ExtensionData == null || blueprint.ExtensionData.Count == 0);
        blueprints[0].EditableProperties.Single(property => property.Name == "condition").Allows("Near Mint").ShouldBeTrue();
        blueprints[0].FixedProperties["collector_number"].ValueKind.ShouldBe(JsonValueKind.String);
    }
}
