using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace BrxSync.Client.Serialization;

/// <summary>Reads single parsed values in every form CardTrader has been seen to use; gives none for what it cannot read.</summary>
internal static class TolerantElement
{
    /// <summary>Tells whether the value means "none": absent, null or an empty text.</summary>
    public static bool IsNone(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => true,
        JsonValueKind.String => JsonMarshal.GetRawUtf8Value(element).Length == 2,
        _ => false,
    };

    /// <summary>Reads a whole number written as number or text.</summary>
    public static long? Integer(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number)
        {
            return element.TryGetInt64(out var number) ? number : null;
        }

        // The parser forgives a NUL at the end.
        return TolerantValues.TryReadText(element, out var text)
            && text is [not '+', ..] and [.., >= '0' and <= '9']
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                ? value
                : null;
    }

    /// <summary>Reads a positive id.</summary>
    public static TId? Id<TId>(JsonElement element)
        where TId : struct, IEntityId<TId> => Integer(element) is { } value and > 0 ? TId.From(value) : null;

    /// <summary>Reads a decimal number written as number or text.</summary>
    public static decimal? Decimal(JsonElement element) => Text(element) is [.., >= '0' and <= '9'] text
        && decimal.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    /// <summary>Reads a text; a number or boolean is taken as written.</summary>
    public static string? Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => TolerantValues.TryReadText(element, out var text) ? text : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => null,
    };

    /// <summary>Reads a boolean, also when written as text or as 0 or 1.</summary>
    public static bool? Flag(JsonElement element) => Text(element)?.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    /// <summary>Reads a moment; one without an offset is in UTC.</summary>
    public static DateTimeOffset? Time(JsonElement element) =>

        // Without a whole date in front the parser makes a moment of nearly anything, today's date included.
        TolerantValues.TryReadText(element, out var text)
        && text is [>= '0' and <= '9', _, _, _, '-', _, _, '-', _, _, ..]
        && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>Says for messages what the value is, shortened.</summary>
    public static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined => "absent",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => Quote(JsonMarshal.GetRawUtf8Value(element)),
    };

    /// <summary>Says that a value is of another kind than it should be.</summary>
    public static string Unlike(JsonElement element, string expected) => $"It is {Describe(element)}, not {expected}.";

    private static string Quote(ReadOnlySpan<byte> json)
    {
        const int Longest = 40;
        return json.Length <= Longest ? Encoding.UTF8.GetString(json) : Encoding.UTF8.GetString(json[..Longest]) + "...";
    }
}
