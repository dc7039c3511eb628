using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrxSync.Client.Serialization;

/// <summary>Reads an id written as number or as text; refuses decimals, blanks and what is not positive. Writes a number.</summary>
internal sealed class IdConverter<T> : JsonConverter<T>
    where T : struct, IEntityId<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TolerantValues.TryReadInteger(ref reader, out var value) && value > 0
            ? T.From(value)
            : throw new JsonException($"{TolerantValues.Quote(ref reader)} is not an id.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}
