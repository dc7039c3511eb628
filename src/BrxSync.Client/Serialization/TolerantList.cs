using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace BrxSync.Client.Serialization;

/// <summary>Reads lists row by row: one that cannot be read costs none of the others.</summary>
internal static class TolerantList
{
    /// <param name="element">The value.</param>
    /// <param name="what">What it is called in errors, for example <c>the orders</c>.</param>
    /// <param name="read">Reads a row; throws a <see cref="JsonException"/> when it cannot.</param>
    /// <param name="operation">The call that answered.</param>
    /// <exception cref="JsonException">The value is not an array.</exception>
    public static CardTraderList<T> Read<T>(JsonElement element, string what, Func<JsonElement, T> read, string operation)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException($"Expected {what} as an array, not {TolerantElement.Describe(element)}.");
        }

        var rows = new List<T>(element.GetArrayLength());
        List<UnreadableRow>? unreadable = null;
        var index = 0;
        foreach (var row in element.EnumerateArray())
        {
            if (TryRead(row, index++, read, ref unreadable, out var value))
            {
                rows.Add(value);
            }
        }

        return new CardTraderList<T>(rows, unreadable, operation);
    }

    /// <summary>Reads one row, or notes it with its place.</summary>
    public static bool TryRead<T>(
        JsonElement row, int index, Func<JsonElement, T> read, ref List<UnreadableRow>? unreadable, [MaybeNullWhen(false)] out T value)
    {
        try
        {
            value = read(row);
            return true;
        }
        catch (JsonException exception)
        {
            (unreadable ??= []).Add(new UnreadableRow(index, exception.Message, row.Clone()));
            value = default;
            return false;
        }
    }
}
