using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Inventory;

/// <summary>Reads <c>graded</c>, which comes as boolean, null, number or text.</summary>
internal static class GradedValue
{
    /// <summary>Reads the value at the reader.</summary>
    /// <param name="reader">Stands on a value that is neither object nor array.</param>
    /// <param name="graded">False for <c>false null 0 "0" "" "false"</c>, true for everything else.</param>
    /// <param name="raw">The text of a value that is neither boolean nor null.</param>
    public static bool TryRead(ref Utf8JsonReader reader, out bool graded, out string? raw)
    {
        raw = null;
        graded = reader.TokenType == JsonTokenType.True;
        if (reader.TokenType is JsonTokenType.True or JsonTokenType.False or JsonTokenType.Null)
        {
            return true;
        }

        if (!TolerantValues.TryReadText(ref reader, out raw))
        {
            return false;
        }

        graded = raw is not ("" or "0") && !"false".Equals(raw, StringComparison.OrdinalIgnoreCase);
        return true;
    }
}
