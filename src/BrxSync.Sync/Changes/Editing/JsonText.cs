using System.Buffers;
using System.Text;
using System.Text.Json;
using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Changes.Editing;

/// <summary>Properties as the store keeps them: the text of a JSON object.</summary>
internal static class JsonText
{
    /// <summary>Says whether two objects are equal, whatever the order of their keys.</summary>
    public static bool AreEqual(string? one, string? other)
    {
        if (one is null || other is null)
        {
            return one == other;
        }

        using var first = JsonDocument.Parse(one);
        using var second = JsonDocument.Parse(other);
        return JsonElement.DeepEquals(first.RootElement, second.RootElement);
    }

    /// <summary>Sets keys of an object; those with the value null are removed.</summary>
    public static string? Merge(string? before, IReadOnlyDictionary<string, PropertyValue?> changes)
    {
        using var document = before is null ? null : JsonDocument.Parse(before);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (document?.RootElement is { ValueKind: JsonValueKind.Object } known)
            {
                foreach (var property in known.EnumerateObject().Where(property => !changes.ContainsKey(property.Name)))
                {
                    property.WriteTo(writer);
                }
            }

            foreach (var (name, value) in changes)
            {
                switch (value)
                {
                    case { IsBoolean: true } flag:
                        writer.WriteBoolean(name, flag == PropertyValue.FromBoolean(true));
                        break;
                    case { } text:
                        writer.WriteString(name, text.ToString());
                        break;
                }
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads texts and booleans; other values, which no request can carry, are left out.</summary>
    public static Dictionary<string, PropertyValue> Read(string? text)
    {
        var values = new Dictionary<string, PropertyValue>(StringComparer.Ordinal);
        if (text is null)
        {
            return values;
        }

        using var document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                {
                    values[property.Name] = property.Value.GetBoolean();
                }
                else if (property.Value.ValueKind == JsonValueKind.String)
                {
                    values[property.Name] = property.Value.GetString()!;
                }
            }
        }

        return values;
    }
}
