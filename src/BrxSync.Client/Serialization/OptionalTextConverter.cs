using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrxSync.Client.Serialization;

/// <summary>Reads a text for which null and empty mean the same: none. A number or boolean is taken as written.</summary>
internal sealed class OptionalTextConverter : JsonConverter<string?>
{
    public override bool HandleNull => true;

    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (TolerantValues.IsNone(ref reader))
        {
            return null;
        }

        return TolerantValues.TryReadText(ref reader, out var text)
            ? text
            : throw new JsonException($"{TolerantValues.Quote(ref reader)} is not a text.");
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
