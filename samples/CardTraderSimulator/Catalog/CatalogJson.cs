using System.Globalization;
using System.Text.Json;

namespace BrxSync.Simulator.Catalog;

/// <summary>The shapes of the catalogue as the marketplace writes them.</summary>
internal static class CatalogJson
{
    public static void Write(Utf8JsonWriter json, SimulatedGame game)
    {
        json.WriteStartObject();
        json.WriteNumber("id", game.Id);
        json.WriteString("name", game.Name);
        json.WriteString("display_name", game.DisplayName);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, SimulatedExpansion expansion)
    {
        json.WriteStartObject();
        json.WriteNumber("id", expansion.Id);
        json.WriteNumber("game_id", expansion.GameId);
        json.WriteString("code", expansion.Code);
        json.WriteString("name", expansion.Name);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, SimulatedCategory category)
    {
        json.WriteStartObject();
        json.WriteNumber("id", category.Id);
        json.WriteString("name", category.Name);
        json.WriteNumber("game_id", category.GameId);
        json.WriteStartArray("properties");
        foreach (var property in category.Properties)
        {
            Write(json, property, withDefault: false);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, SimulatedBlueprint blueprint)
    {
        json.WriteStartObject();
        json.WriteNumber("id", blueprint.Id);
        json.WriteString("name", blueprint.Name);
        json.WriteString("version", blueprint.Version);
        json.WriteNumber("game_id", blueprint.GameId);
        json.WriteNumber("category_id", blueprint.CategoryId);
        WriteOptional(json, "expansion_id", blueprint.ExpansionId);
        json.WritePropertyName("fixed_properties");
        blueprint.FixedProperties.WriteTo(json);
        json.WriteStartArray("editable_properties");
        foreach (var property in blueprint.EditableProperties)
        {
            Write(json, property, withDefault: true);
        }

        json.WriteEndArray();
        json.WriteStartArray("card_market_ids");
        if (blueprint.CardMarketId is { } market)
        {
            json.WriteNumberValue(market);
        }

        json.WriteEndArray();
        WriteOptional(json, "tcg_player_id", blueprint.TcgPlayerId);
        json.WriteString("scryfall_id", blueprint.ScryfallId);
        WriteImages(json, blueprint);
        json.WriteNull("back_image");
        json.WriteEndObject();
    }

    public static void WriteOptional(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteImages(Utf8JsonWriter json, SimulatedBlueprint blueprint)
    {
        var folder = string.Create(CultureInfo.InvariantCulture, $"/uploads/blueprints/image/{blueprint.Id}");
        json.WriteString("image_url", $"https://cardtrader.com{folder}/preview_picture.jpg");
        json.WriteStartObject("image");
        json.WriteString("url", $"{folder}/picture.jpg");
        foreach (var size in (string[])["show", "preview", "social"])
        {
            json.WriteStartObject(size);
            json.WriteString("url", $"{folder}/{size}_picture.jpg");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PropertyDefinition property, bool withDefault)
    {
        json.WriteStartObject();
        json.WriteString("name", property.Name);
        json.WriteString("type", property.IsBoolean ? "boolean" : "string");
        if (withDefault)
        {
            // Always text, also for booleans: a quirk of the real service.
            json.WriteString("default_value", property.DefaultValue);
        }

        json.WriteStartArray("possible_values");
        foreach (var value in property.PossibleValues)
        {
            if (property.IsBoolean)
            {
                json.WriteBooleanValue(value == "true");
            }
            else
            {
                json.WriteStringValue(value);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
