using System.Globalization;
using System.Text.Json;

namespace BrxSync.Sync.Abstractions.Records;

/// <summary>Tells what JSON can say and no column of JSON keeps.</summary>
internal static class StoredJson
{
    /// <summary>How many digits behind the point PostgreSQL keeps of a number in JSON.</summary>
    private const int MostDecimals = 16383;

    /// <summary>Gives what is wrong with a property, as the end of a sentence about it; null when nothing is.</summary>
    /// <exception cref="InvalidOperationException">A text is not valid Unicode.</exception>
    public static string? FaultOf(string name, JsonElement value) => value.ValueKind switch
    {
        _ when HasNul(name) => "holds a NUL character",
        JsonValueKind.String when HasNul(value.GetString()) => "holds a NUL character",
        JsonValueKind.Number when !IsUsable(value) => "is not a usable number",
        JsonValueKind.Array => value.EnumerateArray().Select(item => FaultOf(string.Empty, item))
            .FirstOrDefault(fault => fault is not null),
        JsonValueKind.Object => value.EnumerateObject().Select(member => FaultOf(member.Name, member.Value))
            .FirstOrDefault(fault => fault is not null),
        _ => null,
    };

    /// <summary>Tells whether a text holds the character that no column of text keeps.</summary>
    public static bool HasNul(string? text) => text is not null && text.Contains('\0', StringComparison.Ordinal);

    /// <summary>A decimal takes any number of digits behind the point, and rounds them off; the column keeps them all, or fails.</summary>
    private static bool IsUsable(JsonElement number)
    {
        if (!number.TryGetDecimal(out _))
        {
            return false;
        }

        var text = number.GetRawText().AsSpan();
        var end = text.IndexOfAny('e', 'E');
        var exponent = 0;
        if (end >= 0 && !int.TryParse(text[(end + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent))
        {
            return false;
        }

        var mantissa = end < 0 ? text : text[..end];
        var decimals = mantissa.Contains('.') ? mantissa.Length - mantissa.IndexOf('.') - 1 : 0;
        return exponent is >= -MostDecimals and <= MostDecimals && decimals - exponent <= MostDecimals;
    }
}
