using System.Text.Json;

namespace BrxSync.Simulator.Inventory;

/// <summary>What is wrong with a product a seller sent: texts by field, one level deeper for properties.</summary>
internal sealed class FieldTexts
{
    private readonly List<(string Field, string? Inner, string Text)> texts = [];

    public bool Any => texts.Count > 0;

    public void Add(string field, string text) => texts.Add((field, null, text));

    public void AddProperty(string name, string text) => texts.Add(("properties", name, text));

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var field in texts.GroupBy(text => text.Field, StringComparer.Ordinal))
        {
            json.WritePropertyName(field.Key);
            if (field.Any(text => text.Inner is not null))
            {
                json.WriteStartObject();
                foreach (var inner in field.GroupBy(text => text.Inner!, StringComparer.Ordinal))
                {
                    json.WritePropertyName(inner.Key);
                    WriteList(json, inner);
                }

                json.WriteEndObject();
            }
            else
            {
                WriteList(json, field);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteList(Utf8JsonWriter json, IEnumerable<(string Field, string? Inner, string Text)> list)
    {
        json.WriteStartArray();
        foreach (var (_, _, text) in list)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
