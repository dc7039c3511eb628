using System.Text.Json;

namespace BrxSync.Client.Inventory.Exports;

/// <summary>Maps the keys of a product to <see cref="ProductFields"/> without allocating.</summary>
internal static class ProductFieldNames
{
    /// <summary>Returns the field whose name the reader stands on, or <see cref="ProductFields.None"/> for an unknown one.</summary>
    public static ProductFields Find(ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
        {
            Span<byte> unescaped = stackalloc byte[64];
            return reader.ValueSpan.Length <= unescaped.Length ? Find(unescaped[..reader.CopyString(unescaped)]) : ProductFields.None;
        }

        return Find(reader.ValueSpan);
    }

    // Switching on the length first leaves one or two comparisons of known size for each name.
    private static ProductFields Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("id"u8) => ProductFields.Id,
        3 when name.SequenceEqual("tag"u8) => ProductFields.Tag,
        5 when name.SequenceEqual("price"u8) => ProductFields.Price,
        6 when name.SequenceEqual("graded"u8) => ProductFields.Graded,
        7 when name.SequenceEqual("user_id"u8) => ProductFields.UserId,
        7 when name.SequenceEqual("game_id"u8) => ProductFields.GameId,
        7 when name.SequenceEqual("name_en"u8) => ProductFields.Name,
        8 when name.SequenceEqual("quantity"u8) => ProductFields.Quantity,
        10 when name.SequenceEqual("properties"u8) => ProductFields.Properties,
        11 when name.SequenceEqual("description"u8) => ProductFields.Description,
        11 when name.SequenceEqual("price_cents"u8) => ProductFields.PriceCents,
        11 when name.SequenceEqual("category_id"u8) => ProductFields.CategoryId,
        11 when name.SequenceEqual("bundle_size"u8) => ProductFields.BundleSize,
        12 when name.SequenceEqual("blueprint_id"u8) => ProductFields.BlueprintId,
        12 when name.SequenceEqual("expansion_id"u8) => ProductFields.ExpansionId,
        14 when name.SequenceEqual("price_currency"u8) => ProductFields.PriceCurrency,
        15 when name.SequenceEqual("properties_hash"u8) => ProductFields.PropertiesHash,
        15 when name.SequenceEqual("user_data_field"u8) => ProductFields.UserDataField,
        15 when name.SequenceEqual("uploaded_images"u8) => ProductFields.UploadedImages,
        16 when name.SequenceEqual("bundled_quantity"u8) => ProductFields.BundledQuantity,
        _ => ProductFields.None,
    };

    /// <summary>Returns the key of a field as CardTrader writes it, for messages.</summary>
    public static string NameOf(ProductFields field) => field switch
    {
        ProductFields.Id => "id",
        ProductFields.BlueprintId => "blueprint_id",
        ProductFields.CategoryId => "category_id",
        ProductFields.GameId => "game_id",
        ProductFields.ExpansionId => "expansion_id",
        ProductFields.Name => "name_en",
        ProductFields.Quantity => "quantity",
        ProductFields.BundleSize => "bundle_size",
        ProductFields.BundledQuantity => "bundled_quantity",
        ProductFields.Description => "description",
        ProductFields.Price => "price",
        ProductFields.PriceCents => "price_cents",
        ProductFields.PriceCurrency => "price_currency",
        ProductFields.PropertiesHash => "properties_hash",
        ProductFields.Properties => "properties",
        ProductFields.UserId => "user_id",
        ProductFields.Graded => "graded",
        ProductFields.Tag => "tag",
        ProductFields.UserDataField => "user_data_field",
        ProductFields.UploadedImages => "uploaded_images",
        _ => "?",
    };
}
