using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrxSync.Client.Serialization;

/// <summary>Reads a whole number that may be absent, written as number or as text: null and an empty text mean none.</summary>
internal sealed class OptionalIntegerConverter : JsonConverter<long?>
{
    public override bool HandleNull => true;

    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (TolerantValues.IsNone(ref reader))
        {
            return null;
        }

        return TolerantValues.TryReadInteger(ref reader, out var value)
            ? value
            : throw new JsonException($"{TolerantValues.Quote(ref reader)} is not a whole number.");
    }

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options)
    {
        if (value is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
