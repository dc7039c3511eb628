using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrxSync.Client.Serialization;

/// <summary>Reads an id that may be absent: null and an empty text mean none.</summary>
internal sealed class OptionalIdConverter<T> : JsonConverter<T?>
    where T : struct, IEntityId<T>
{
    public override bool HandleNull => true;

    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (TolerantValues.IsNone(ref reader))
        {
            return null;
        }

        return TolerantValues.TryReadInteger(ref reader, out var value) && value > 0
            ? T.From(value)
            : throw new JsonException($"{TolerantValues.Quote(ref reader)} is not an id.");
    }

    public override void Write(Utf8JsonWriter writer, T? value, JsonSerializerOptions options)
    {
        if (value is { } id)
        {
            writer.WriteNumberValue(id.Value);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
