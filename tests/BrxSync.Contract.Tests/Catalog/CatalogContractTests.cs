using BrxSync.Client;
using BrxSync.Contract.Tests.WireMock;

namespace BrxSync.Contract.Tests.Catalog;

public sealed class CatalogContractTests(WireMockFixture server) : ContractTest(server)
{
    [Fact]
    [Contract("GET /games", "Catalog/games")]
    public async Task ListGamesAsync_Wrapped_ReadsThem()
    {
        var games = await CallAsync(account => account.Catalog.ListGamesAsync());

        games.Select(game => game.Id).ShouldBe([new GameId(1), new GameId(15)]);
    }

    [Fact]
    [Contract("GET /games", "Catalog/games-as-list")]
    public async Task ListGamesAsync_PlainList_ReadsThem() =>
        (await CallAsync(account => account.Catalog.ListGamesAsync())).Single().Id.ShouldBe(new GameId(1));

    [Fact]
    [Contract("GET /categories", "Catalog/categories")]
    public async Task ListCategoriesAsync_OfAGame_ReadsThemWithProperties()
    {
        var category = (await CallAsync(account => account.Catalog.ListCategoriesAsync(new GameId(1)))).Single();

        category.Properties.Select(property => property.Name).ShouldBe(["condition", "mtg_foil"]);
        category.Properties[1].IsBoolean.ShouldBeTrue();
    }

    [Fact]
    [Contract("GET /expansions", "Catalog/expansions")]
    public async Task ListExpansionsAsync_Always_ReadsAll()
    {
        var expansions = await CallAsync(account => account.Catalog.ListExpansionsAsync());

        expansions.Select(expansion => expansion.Code).ShouldBe(["m20", "op01"]);
    }

    [Fact]
    [Contract("GET /expansions/export", "Catalog/own-expansions")]
    public async Task ListOwnExpansionsAsync_Always_ReadsThoseWithStock() =>
        (await CallAsync(account => account.Catalog.ListOwnExpansionsAsync())).Single().Id.ShouldBe(new ExpansionId(979));

    [Fact]
    [Contract("GET /blueprints/export", "Catalog/blueprints")]
    public async Task StreamBlueprintsAsync_OfAnExpansion_ReadsThem()
    {
        var blueprint =
            (await CallAsync(account => account.Catalog.StreamBlueprintsAsync(new ExpansionId(979)).ToListAsync().AsTask())).Single();

        blueprint.Id.ShouldBe(new BlueprintId(58314));
        blueprint.Version.ShouldBeNull();
        blueprint.ScryfallId.ShouldBeNull();
        blueprint.TcgPlayerId.ShouldBe(192802);
        blueprint.EditableProperties[1].DefaultValue.ShouldBe("false");
        blueprint.ExtensionData!.Keys.ShouldContain("new_key");
    }

    [Fact]
    [Contract("GET /blueprints/export", "Catalog/blueprints-without-expansion")]
    public async Task StreamBlueprintsWithoutExpansionAsync_Always_AsksForNull() =>
        (await CallAsync(account => account.Catalog.StreamBlueprintsWithoutExpansionAsync().ToListAsync().AsTask())).Single().ExpansionId
            .ShouldBeNull();

    [Fact]
    [Contract("GET /blueprints", "Catalog/blueprint-pages")]
    public async Task StreamBlueprintPagesAsync_Undocumented_WalksUntilAShortPage() =>
        (await CallAsync(account => account.Catalog.StreamBlueprintPagesAsync(new ExpansionId(979)).ToListAsync().AsTask())).Count
            .ShouldBe(51);
}
