using System.Text.Json;
using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Changes.Properties;

/// <summary>Reads stored properties as values that can be sent.</summary>
internal static class PropertyValues
{
    /// <summary>Reads the single values of properties; CardTrader has no numbers, so one goes out as it is written.</summary>
    public static IReadOnlyDictionary<string, PropertyValue> Of(ProductProperties properties) => Of(properties.Values);

    /// <inheritdoc cref="Of(ProductProperties)"/>
    public static IReadOnlyDictionary<string, PropertyValue> Of(IEnumerable<KeyValuePair<string, JsonElement>> properties)
    {
        var values = new Dictionary<string, PropertyValue>(StringComparer.Ordinal);
        foreach (var (name, element) in properties)
        {
            if (Find(element) is { } value)
            {
                values[name] = value;
            }
        }

        return values;
    }

    /// <summary>Reads a value; null for none, a list and an object, which no property of CardTrader's has.</summary>
    public static PropertyValue? Find(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => PropertyValue.FromString(element.GetString()!),
        JsonValueKind.Number => PropertyValue.FromString(element.GetRawText()),
        JsonValueKind.True => PropertyValue.FromBoolean(true),
        JsonValueKind.False => PropertyValue.FromBoolean(false),
        _ => (PropertyValue?)null,
    };
}
