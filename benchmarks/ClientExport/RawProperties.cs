using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ClientExport;

/// <summary>Properties kept as the bytes that were sent, as the client keeps them.</summary>
[JsonConverter(typeof(RawPropertiesConverter))]
internal sealed record RawProperties(byte[] Utf8Json);

internal sealed class RawPropertiesConverter : JsonConverter<RawProperties>
{
    public override RawProperties Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return new RawProperties(JsonMarshal.GetRawUtf8Value(document.RootElement).ToArray());
    }

    public override void Write(Utf8JsonWriter writer, RawProperties value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Utf8Json);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PlainProduct<RawProperties>), TypeInfoPropertyName = "RawProduct")]
[JsonSerializable(typeof(PlainProduct<JsonElement>), TypeInfoPropertyName = "ElementProduct")]
internal sealed partial class PlainContext : JsonSerializerContext;
