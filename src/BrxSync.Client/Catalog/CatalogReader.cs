using System.Collections.ObjectModel;
using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Catalog;

/// <summary>Reads games, expansions, categories and blueprints.</summary>
internal static class CatalogReader
{
    /// <summary>Reads the answer of <c>GET /games</c>: documented as an array, really wrapped in an object. Both are read.</summary>
    /// <exception cref="JsonException">The value is neither.</exception>
    public static CardTraderList<Game> ReadGames(JsonElement element, string operation)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return TolerantList.Read(element, "games", ReadGame, operation);
        }

        var wrapper = new TolerantObject(element, "games");
        var games = TolerantList.Read(wrapper.Peek("array"), "games", ReadGame, operation);
        wrapper.Drop("array");
        if (wrapper.Faults is [var fault, ..])
        {
            throw new JsonException($"games: {fault}");
        }

        return new CardTraderList<Game>([.. games], games.Unreadable, operation) { ExtensionData = wrapper.Rest };
    }

    /// <exception cref="JsonException">The value is not an expansion.</exception>
    public static Expansion ReadExpansion(JsonElement element)
    {
        var expansion = new TolerantObject(element, "expansion");
        return new Expansion
        {
            Id = expansion.RequireId<ExpansionId>("id"),
            GameId = expansion.Id<GameId>("game_id"),
            Code = expansion.Text("code"),
            Name = expansion.Text("name"),
            ExtensionData = expansion.Rest,
            Faults = expansion.Faults,
        };
    }

    /// <exception cref="JsonException">The value is not a category.</exception>
    public static Category ReadCategory(JsonElement element)
    {
        var category = new TolerantObject(element, "category");
        return new Category
        {
            Id = category.RequireId<CategoryId>("id"),
            Name = category.Text("name"),
            GameId = category.Id<GameId>("game_id"),
            Properties = category.List("properties", ReadProperty) ?? [],
            ExtensionData = category.Rest,
            Faults = category.Faults,
        };
    }

    /// <exception cref="JsonException">The value is not a blueprint.</exception>
    public static Blueprint ReadBlueprint(JsonElement element) => ReadBlueprint(element, new EditableProperties());

    /// <param name="element">The value.</param>
    /// <param name="editable">Reads the editable properties of all blueprints of a body.</param>
    /// <exception cref="JsonException">The value is not a blueprint.</exception>
    public static Blueprint ReadBlueprint(JsonElement element, EditableProperties editable)
    {
        var blueprint = new TolerantObject(element, "blueprint");
        return new Blueprint
        {
            Id = blueprint.RequireId<BlueprintId>("id"),
            Name = blueprint.Text("name"),
            Version = blueprint.Text("version"),
            GameId = blueprint.Id<GameId>("game_id"),
            CategoryId = blueprint.Id<CategoryId>("category_id"),
            ExpansionId = blueprint.Id<ExpansionId>("expansion_id"),
            ImageUrl = blueprint.Text("image_url"),
            Image = blueprint.Record("image", ReadImage),
            BackImage = blueprint.Record("back_image", ReadImage),
            FixedProperties = blueprint.Keyed("fixed_properties") ?? ReadOnlyDictionary<string, JsonElement>.Empty,
            EditableProperties = editable.Read(ref blueprint),
            CardMarketIds = blueprint.Integers("card_market_ids"),
            TcgPlayerId = blueprint.Integer("tcg_player_id"),
            ScryfallId = blueprint.Text("scryfall_id"),
            ExtensionData = blueprint.Rest,
            Faults = blueprint.Faults,
        };
    }

    /// <exception cref="JsonException">The value is not a property.</exception>
    public static PropertyDefinition ReadProperty(JsonElement element)
    {
        var property = new TolerantObject(element, "property");
        return new PropertyDefinition
        {
            Name = property.RequireText("name"),
            Type = property.Text("type"),
            PossibleValues = property.Elements("possible_values") ?? [],
            DefaultValue = property.StoredWords("default_value"),
            ExtensionData = property.Rest,
            Faults = property.Faults,
        };
    }

    private static Game ReadGame(JsonElement element)
    {
        var game = new TolerantObject(element, "game");
        return new Game
        {
            Id = game.RequireId<GameId>("id"),
            Name = game.Text("name"),
            DisplayName = game.Text("display_name"),
            ExtensionData = game.Rest,
            Faults = game.Faults,
        };
    }

    private static BlueprintImage ReadImage(ref TolerantObject image) => new()
    {
        Url = image.Text("url"),
        Show = image.Record("show", ReadSize),
        Preview = image.Record("preview", ReadSize),
        Social = image.Record("social", ReadSize),
        ExtensionData = image.Rest,
        Faults = image.Faults,
    };

    private static BlueprintImageSize ReadSize(ref TolerantObject size) =>
        new() { Url = size.Text("url"), ExtensionData = size.Rest, Faults = size.Faults };
}
