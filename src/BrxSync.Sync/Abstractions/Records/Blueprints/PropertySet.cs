using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using BrxSync.Client.Catalog;

namespace BrxSync.Sync.Abstractions.Records.Blueprints;

/// <summary>
/// The editable properties of a blueprint with their values. Hundreds of blueprints share one set, so it is kept once, under a name made
/// of what it holds.
/// </summary>
internal sealed class PropertySet
{
    private PropertySet(string json, IReadOnlyList<PropertyDefinition> definitions)
    {
        (Json, Definitions) = (json, definitions);
        Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
    }

    /// <summary>Gets the name: the same for equal sets, 64 characters.</summary>
    public string Id { get; }

    /// <summary>Gets the set as it is stored.</summary>
    public string Json { get; }

    /// <summary>Gets the definitions. An empty list is a blueprint that offers nothing.</summary>
    public IReadOnlyList<PropertyDefinition> Definitions { get; }

    /// <summary>Makes a set of what CardTrader sent; what it says beside name, type, values and default is left out.</summary>
    public static PropertySet Of(IEnumerable<PropertyDefinition> definitions)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var definition in definitions)
            {
                Write(writer, definition);
            }

            writer.WriteEndArray();
        }

        return FromJson(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>Reads a set that was stored.</summary>
    public static PropertySet FromJson(string json)
    {
        // Parsed on its own, so that no value holds on to the answer that it came with.
        var definitions = JsonElement.Parse(json).EnumerateArray().Select(Read).ToArray();
        return new PropertySet(json, definitions);
    }

    private static void Write(Utf8JsonWriter writer, PropertyDefinition definition)
    {
        writer.WriteStartObject();
        writer.WriteString("name", definition.Name);
        writer.WriteString("type", definition.Type);
        writer.WriteString("default_value", definition.DefaultValue);
        writer.WriteStartArray("possible_values");
        foreach (var value in definition.PossibleValues)
        {
            value.WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static PropertyDefinition Read(JsonElement element) => new()
    {
        Name = element.GetProperty("name").GetString()!,
        Type = element.GetProperty("type").GetString(),
        DefaultValue = element.GetProperty("default_value").GetString(),
        PossibleValues = [.. element.GetProperty("possible_values").EnumerateArray()],
    };
}
