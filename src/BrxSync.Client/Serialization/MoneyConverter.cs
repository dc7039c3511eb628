using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrxSync.Client.Serialization;

/// <summary>Reads a money object <c>{"cents": 25, "currency": "EUR"}</c>; further keys such as a formatted text are ignored.</summary>
internal sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException($"{TolerantValues.Quote(ref reader)} is not an amount of money.");
        }

        long? cents = null;
        string? currency = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCents = reader.ValueTextEquals("cents"u8);
            var isCurrency = reader.ValueTextEquals("currency"u8);
            reader.Read();
            if (isCents && TolerantValues.TryReadInteger(ref reader, out var value))
            {
                cents = value;
            }
            else if (isCurrency && reader.TokenType == JsonTokenType.String)
            {
                currency = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }

        return cents is { } amount && currency is { Length: > 0 }
            ? new Money(amount, currency)
            : throw new JsonException("An amount of money lacks cents or currency.");
    }

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("cents"u8, value.Cents);
        writer.WriteString("currency"u8, value.Currency);
        writer.WriteEndObject();
    }
}
