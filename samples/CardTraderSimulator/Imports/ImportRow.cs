using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Imports;

/// <summary>Turns a row of a CSV file into the product it means.</summary>
internal static class ImportRow
{
    private static readonly string[] Flags = ["signed", "altered", "first_edition"];

    /// <summary>Finds the blueprint a row names: by an id, or by name or collector number together with an expansion.</summary>
    public static SimulatedBlueprint? FindBlueprint(SimulatedCatalog catalog, IReadOnlyDictionary<string, string> row, int gameId)
    {
        var found = Number(row, "blueprint_id") is { } id ? catalog.FindBlueprint(id)
            : Text(row, "scryfall_id") is { } scryfall ? catalog.FindByScryfallId(scryfall)
            : Number(row, "mkm_id") is { } market ? catalog.FindByCardMarketId(market)
            : Number(row, "tcgplayer_id") is { } player ? catalog.FindByTcgPlayerId(player)
            : FindByName(catalog, row, gameId);
        return found?.GameId == gameId ? found : null;
    }

    /// <summary>Makes the body of the same product as a call would send it.</summary>
    public static JsonElement ToBody(IReadOnlyDictionary<string, string> row, SimulatedBlueprint blueprint, bool strict)
    {
        var body = new JsonObject { ["blueprint_id"] = blueprint.Id };
        if (Number(row, "quantity") is { } quantity)
        {
            body["quantity"] = quantity;
        }

        if (Number(row, "price_cents") is { } cents)
        {
            body["price"] = cents / 100m;
        }
        else if (decimal.TryParse(Text(row, "price"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price))
        {
            body["price"] = price;
        }

        foreach (var name in (string[])["description", "user_data_field"])
        {
            if (Text(row, name) is { } text)
            {
                body[name] = text;
            }
        }

        if (strict)
        {
            body["error_mode"] = "strict";
        }

        body["properties"] = Properties(row, blueprint);
        return JsonSerializer.SerializeToElement(body);
    }

    private static SimulatedBlueprint? FindByName(SimulatedCatalog catalog, IReadOnlyDictionary<string, string> row, int gameId)
    {
        var expansion = catalog.Expansions.FirstOrDefault(expansion => expansion.GameId == gameId
            && (Number(row, "expansion_id") == expansion.Id || Text(row, "expansion_code") == expansion.Code
                || Text(row, "expansion_name") == expansion.Name));
        var name = Text(row, "name");
        var number = Text(row, "collector_number");
        return expansion is null || (name ?? number) is null
            ? null
            : catalog.BlueprintsOf(expansion.Id).FirstOrDefault(blueprint => (name is null || blueprint.Name == name)
                && (number is null || (blueprint.FixedProperties.TryGet("collector_number", out var own) && own.Text == number)));
    }

    private static JsonObject Properties(IReadOnlyDictionary<string, string> row, SimulatedBlueprint blueprint)
    {
        var properties = new JsonObject();
        foreach (var definition in blueprint.EditableProperties)
        {
            var column = definition.Name.EndsWith("_language", StringComparison.Ordinal) ? "language"
                : definition.Name.EndsWith("_foil", StringComparison.Ordinal) ? "foil"
                : definition.Name == "condition" || Flags.Contains(definition.Name, StringComparer.Ordinal) ? definition.Name
                : null;
            if (column is not null && Text(row, column) is { } value)
            {
                properties[definition.Name] = definition.IsBoolean
                    ? JsonValue.Create(value is "true" or "1" or "yes")
                    : JsonValue.Create(value);
            }
        }

        return properties;
    }

    private static string? Text(IReadOnlyDictionary<string, string> row, string name) =>
        row.TryGetValue(name, out var text) && text.Length > 0 ? text : null;

    private static long? Number(IReadOnlyDictionary<string, string> row, string name) =>
        long.TryParse(Text(row, name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
