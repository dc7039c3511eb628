using System.Text.Json;

namespace BrxSync.Simulator.Stock;

/// <summary>
/// The two shapes in which the marketplace writes a product: the row of the export, and the resource that a write answers.
/// </summary>
internal static class ProductJson
{
    public static void WriteExportRow(Utf8JsonWriter json, StockProduct product, long userId)
    {
        json.WriteStartObject();
        json.WriteStartArray("uploaded_images");
        if (product.ImageUrl is { } url)
        {
            json.WriteStringValue(url);
        }

        json.WriteEndArray();
        json.WriteNumber("quantity", product.Quantity);
        json.WriteString("description", product.Description);
        json.WriteNumber("price_cents", product.PriceCents);
        json.WriteNumber("bundled_quantity", (long)product.Quantity * product.BundleSize);
        json.WriteNumber("blueprint_id", product.BlueprintId);
        json.WritePropertyName("properties_hash");
        product.Properties.WriteTo(json);
        json.WriteNumber("category_id", product.CategoryId);
        json.WriteNumber("user_id", userId);
        json.WritePropertyName("graded");
        json.WriteRawValue(product.GradedJson);
        json.WriteNumber("id", product.Id);
        json.WriteString("tag", product.Tag);
        json.WriteString("user_data_field", product.UserDataField);
        json.WriteNumber("bundle_size", product.BundleSize);
        json.WriteString("price_currency", product.Currency);
        json.WriteNumber("game_id", product.GameId);
        json.WriteString("name_en", product.Name);
        json.WriteEndObject();
    }

    /// <summary>Writes the resource: no name, tag, user data or owner, an empty description as null and <c>graded</c> as 0 or 1.</summary>
    public static void WriteResource(Utf8JsonWriter json, StockProduct product, int? expansionId)
    {
        json.WriteStartObject();
        json.WriteNumber("id", product.Id);
        json.WriteNumber("quantity", product.Quantity);
        json.WriteNumber("bundle_size", product.BundleSize);
        json.WriteString("description", string.IsNullOrEmpty(product.Description) ? null : product.Description);
        json.WriteNumber("graded", product.Graded ? 1 : 0);
        json.WriteNumber("game_id", product.GameId);
        json.WriteNumber("category_id", product.CategoryId);
        if (expansionId is { } expansion)
        {
            json.WriteNumber("expansion_id", expansion);
        }
        else
        {
            json.WriteNull("expansion_id");
        }

        json.WriteNumber("blueprint_id", product.BlueprintId);
        json.WriteStartObject("price");
        json.WriteNumber("cents", product.PriceCents);
        json.WriteString("currency", product.Currency);
        json.WriteEndObject();
        json.WritePropertyName("properties");
        product.Properties.WriteTo(json);
        json.WriteEndObject();
    }
}
