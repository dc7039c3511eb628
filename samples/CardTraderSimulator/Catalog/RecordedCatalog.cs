using System.Globalization;
using System.Text.Json;

namespace BrxSync.Simulator.Catalog;

/// <summary>Reads recorded bodies of the catalogue calls.</summary>
internal static class RecordedCatalog
{
    public static void AddExpansions(SimulatedCatalog catalog, ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var row in document.RootElement.EnumerateArray())
        {
            catalog.Add(new SimulatedExpansion(
                row.GetProperty("id").GetInt32(),
                row.GetProperty("game_id").GetInt32(),
                row.GetProperty("code").GetString() ?? "",
                row.GetProperty("name").GetString() ?? ""));
        }
    }

    public static void AddCategories(SimulatedCatalog catalog, ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var row in document.RootElement.EnumerateArray())
        {
            catalog.Add(new SimulatedCategory(
                row.GetProperty("id").GetInt32(),
                row.GetProperty("name").GetString() ?? "",
                row.GetProperty("game_id").GetInt32(),
                [.. row.GetProperty("properties").EnumerateArray().Select(ReadProperty)]));
        }
    }

    public static void AddBlueprints(SimulatedCatalog catalog, ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        foreach (var row in document.RootElement.EnumerateArray())
        {
            catalog.Add(new SimulatedBlueprint
            {
                Id = row.GetProperty("id").GetInt64(),
                Name = row.GetProperty("name").GetString() ?? "",
                Version = Text(row, "version"),
                GameId = row.GetProperty("game_id").GetInt32(),
                CategoryId = row.GetProperty("category_id").GetInt32(),
                ExpansionId = Number(row, "expansion_id"),
                FixedProperties = PropertyBag.Read(row.GetProperty("fixed_properties")),
                EditableProperties = [.. row.GetProperty("editable_properties").EnumerateArray().Select(ReadProperty)],
                CardMarketId = row.GetProperty("card_market_ids").EnumerateArray().Select(id => (int?)id.GetInt32()).FirstOrDefault(),
                TcgPlayerId = Number(row, "tcg_player_id"),
                ScryfallId = Text(row, "scryfall_id"),
            });
        }
    }

    private static PropertyDefinition ReadProperty(JsonElement property)
    {
        var boolean = property.GetProperty("type").GetString() == "boolean";
        return new PropertyDefinition(
            property.GetProperty("name").GetString()!,
            boolean,
            [.. property.GetProperty("possible_values").EnumerateArray().Select(value => value.ValueKind switch
            {
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                JsonValueKind.String => value.GetString()!,
                _ => value.GetRawText(),
            })],
            Text(property, "default_value"));
    }

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Number(JsonElement row, string name) => row.TryGetProperty(name, out var value) switch
    {
        true when value.ValueKind == JsonValueKind.Number => value.GetInt32(),
        true when value.ValueKind == JsonValueKind.String
            && int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
