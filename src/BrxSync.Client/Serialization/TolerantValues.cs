using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace BrxSync.Client.Serialization;

/// <summary>Reads single JSON values in every form CardTrader has been seen to use.</summary>
internal static class TolerantValues
{
    /// <summary>Reads a whole number written as number or as text. Nothing is rounded and no sign but minus is accepted.</summary>
    /// <returns><see langword="false"/> when the value is anything else or does not fit 64 bits.</returns>
    public static bool TryReadInteger(ref Utf8JsonReader reader, out long value)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt64(out value);
        }

        value = 0;
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || reader.HasValueSequence)
        {
            return false;
        }

        var text = reader.ValueSpan;
        return text.Length > 0
            && text[0] != (byte)'+'
            && Utf8Parser.TryParse(text, out value, out var consumed)
            && consumed == text.Length;
    }

    /// <summary>Tells whether the value means "none": null or an empty text.</summary>
    public static bool IsNone(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Null
        || (reader.TokenType == JsonTokenType.String && !reader.HasValueSequence && reader.ValueSpan.IsEmpty);

    /// <summary>Reads a text; a number or boolean is taken as written.</summary>
    /// <returns><see langword="false"/> for objects, arrays and texts that are not valid Unicode.</returns>
    public static bool TryReadText(ref Utf8JsonReader reader, out string? value)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                value = null;
                return true;
            case JsonTokenType.String or JsonTokenType.PropertyName:
                return TryReadString(ref reader, out value);
            case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                value = Encoding.UTF8.GetString(reader.ValueSpan);
                return true;
            default:
                value = null;
                return false;
        }
    }

    /// <summary>Reads a text from a parsed value.</summary>
    /// <returns><see langword="false"/> when it is not a text, or not valid Unicode.</returns>
    public static bool TryReadText(JsonElement element, out string? value)
    {
        try
        {
            value = element.ValueKind == JsonValueKind.String ? element.GetString() : null;
            return value is not null;
        }
        catch (InvalidOperationException)
        {
            value = null;
            return false;
        }
    }

    /// <summary>Reads the name of a key.</summary>
    /// <returns><see langword="false"/> when it is not valid Unicode; it is then called <c>?</c>.</returns>
    public static bool TryReadName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "?";
            return false;
        }
    }

    /// <summary>Returns a short quotation of the value for messages.</summary>
    public static string Quote(ref Utf8JsonReader reader)
    {
        const int Longest = 40;
        if (reader.TokenType is JsonTokenType.StartObject)
        {
            return "an object";
        }

        if (reader.TokenType is JsonTokenType.StartArray)
        {
            return "an array";
        }

        var text = Encoding.UTF8.GetString(reader.ValueSpan.Length > Longest ? reader.ValueSpan[..Longest] : reader.ValueSpan);
        var cut = reader.ValueSpan.Length > Longest ? "..." : string.Empty;
        return reader.TokenType == JsonTokenType.String ? $"\"{text}{cut}\"" : text + cut;
    }

    private static bool TryReadString(ref Utf8JsonReader reader, out string? value)
    {
        try
        {
            value = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: legal in JSON's grammar, but not a text.
            value = null;
            return false;
        }
    }
}
