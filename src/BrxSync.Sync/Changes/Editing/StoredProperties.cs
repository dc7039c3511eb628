using System.Text;
using System.Text.Json;
using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>Properties between the text that a row keeps and what is edited and sent.</summary>
internal static class StoredProperties
{
    /// <summary>Reads what a row keeps. A database that was taken over may keep anything: what is no object has no properties.</summary>
    public static ProductProperties Read(string? text)
    {
        try
        {
            return text is null ? ProductProperties.Empty : ProductProperties.FromUtf8Json(Encoding.UTF8.GetBytes(text));
        }
        catch (ArgumentException)
        {
            return ProductProperties.Empty;
        }
    }

    /// <summary>Gives properties as a row keeps them.</summary>
    public static string Text(ProductProperties properties) => Encoding.UTF8.GetString(properties.Utf8Json.Span);

    /// <summary>Says whether two texts hold equal properties, whatever the order of their names.</summary>
    public static bool AreEqual(string? one, string? other) => Read(one) is var first && Read(other) is var second
        && first.Values.Count == second.Values.Count
        && first.Values.All(property =>
            second.Values.TryGetValue(property.Key, out var value) && JsonElement.DeepEquals(property.Value, value));

    /// <summary>Gives values as JSON; null stays null.</summary>
    public static Dictionary<string, JsonElement> ToJson<T>(
        IEnumerable<KeyValuePair<string, T>> properties, Func<T, PropertyValue?> value) =>
        properties.ToDictionary(property => property.Key, property => ToJson(value(property.Value)), StringComparer.Ordinal);

    private static JsonElement ToJson(PropertyValue? value) => value switch
    {
        null => JsonElement.Parse("null"),
        { IsBoolean: true } flag => JsonElement.Parse(flag.ToString()),
        { } text => JsonElement.Parse($"\"{JsonEncodedText.Encode(text.ToString())}\""),
    };
}
