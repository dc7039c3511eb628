using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using BrxSync.Client.Inventory;

namespace BrxSync.Client.Serialization;

/// <summary>
/// Reads the keys of a JSON object in every form CardTrader has been seen to use. A key that is absent, null or unreadable gives
/// none; what must not be missing is asked for with <c>Require...</c>. Keys that nobody asked for are kept in <see cref="Rest"/>.
/// </summary>
internal sealed class TolerantObject
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly string _what;

    private TolerantObject(JsonElement element, string what)
    {
        _what = what;
        foreach (var property in element.EnumerateObject())
        {
            _values[property.Name] = property.Value;
        }
    }

    /// <summary>Gets the keys that nobody asked for.</summary>
    /// <value><see langword="null"/> when there are none.</value>
    public IReadOnlyDictionary<string, JsonElement>? Rest => _values.Count == 0 ? null : _values;

    /// <summary>Opens an object.</summary>
    /// <param name="element">The value.</param>
    /// <param name="what">What it is called in errors, for example <c>the order</c>.</param>
    /// <exception cref="JsonException">The value is not an object.</exception>
    public static TolerantObject Require(JsonElement element, string what) =>
        Find(element, what) ?? throw new JsonException($"Expected {what} as an object, not {Describe(element)}.");

    /// <summary>Opens an object, or returns none when the value is anything else.</summary>
    public static TolerantObject? Find(JsonElement element, string what)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object ? new TolerantObject(element, what) : null;
        }
        catch (InvalidOperationException)
        {
            // A key that is not valid Unicode.
            return null;
        }
    }

    /// <summary>Reads every element of an array.</summary>
    /// <param name="element">The value.</param>
    /// <param name="what">What it is called in errors, for example <c>the orders</c>.</param>
    /// <param name="read">Reads an element.</param>
    /// <exception cref="JsonException">The value is not an array, or an element of it cannot be read.</exception>
    public static List<T> RequireList<T>(JsonElement element, string what, Func<JsonElement, T> read) =>
        element.ValueKind == JsonValueKind.Array
            ? [.. element.EnumerateArray().Select(read)]
            : throw new JsonException($"Expected {what} as an array, not {Describe(element)}.");

    /// <summary>Reads a whole number written as number or text.</summary>
    public static long? Integer(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number)
        {
            return element.TryGetInt64(out var number) ? number : null;
        }

        return TolerantValues.TryReadText(element, out var text)
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            && !text!.StartsWith('+')
                ? value
                : null;
    }

    /// <summary>Reads a text; a number or boolean is taken as written.</summary>
    public static string? Text(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => TolerantValues.TryReadText(element, out var text) ? text : null,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        _ => null,
    };

    /// <summary>Takes the value of a key out of <see cref="Rest"/>.</summary>
    public JsonElement? Take(string name) => _values.Remove(name, out var value) ? value : null;

    /// <summary>Reads an id or count that must not be missing.</summary>
    /// <exception cref="JsonException">
    /// It is missing, unreadable, or not between <paramref name="least"/> and <paramref name="most"/>.
    /// </exception>
    public long RequireInteger(string name, long least = 1, long most = long.MaxValue)
    {
        var element = Take(name) ?? throw new JsonException($"{_what}: {name} is missing.");
        return Integer(element) is { } value && value >= least && value <= most
            ? value
            : throw new JsonException($"{_what}: {name} is {Describe(element)}, which is not a whole number from {least} to {most}.");
    }

    /// <summary>Reads a text that must not be missing or empty.</summary>
    /// <exception cref="JsonException">It is.</exception>
    public string RequireText(string name) => Text(name) ?? throw new JsonException($"{_what}: {name} is missing or empty.");

    public long? Integer(string name) => Take(name) is { } element ? Integer(element) : null;

    /// <summary>Reads a whole number that fits 32 bits.</summary>
    public int? Count(string name) => Integer(name) is { } value and >= int.MinValue and <= int.MaxValue ? (int)value : null;

    /// <summary>Reads a positive id; 0 and negative numbers are none.</summary>
    public TId? Id<TId>(string name)
        where TId : struct, IEntityId<TId> =>
        Integer(name) is { } value and > 0 ? TId.From(value) : null;

    /// <summary>Reads an id that must not be missing.</summary>
    /// <exception cref="JsonException">It is missing or not a positive whole number.</exception>
    public TId RequireId<TId>(string name)
        where TId : struct, IEntityId<TId> => TId.From(RequireInteger(name));

    /// <summary>Reads a text; an empty one is none.</summary>
    public string? Text(string name) => StoredWords(name) is { Length: > 0 } text ? text : null;

    /// <summary>Reads a text whose empty value differs from none.</summary>
    public string? StoredWords(string name) => Take(name) is { } element ? Text(element) : null;

    /// <summary>Reads a boolean, also when written as text or as 0 or 1.</summary>
    public bool? Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        _ => null,
    };

    /// <summary>Reads <c>graded</c> with the text it was written as, if it was a text or number.</summary>
    public (bool Graded, string? Raw) Graded(string name)
    {
        var element = Take(name) ?? default;
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return (element.ValueKind == JsonValueKind.True, null);
        }

        var raw = Text(element);
        return (raw is not (null or "" or "0") && !"false".Equals(raw, StringComparison.OrdinalIgnoreCase), raw);
    }

    /// <summary>Reads a moment; one without an offset is in UTC.</summary>
    public DateTimeOffset? Time(string name) =>
        Text(name) is { } text
        && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    /// <summary>Reads a money object.</summary>
    public Money? Money(string name) => Take(name) is { } element ? Money(element) : null;

    /// <summary>Reads a money object.</summary>
    public static Money? Money(JsonElement element) =>
        Find(element, "money") is { } money && money.Integer("cents") is { } cents && money.Text("currency") is { } currency
            ? new Money(cents, currency)
            : null;

    /// <summary>Reads money as an object, else as a pair of keys.</summary>
    public Money? Money(string name, string centsName, string currencyName)
    {
        var money = Money(name);
        var cents = Integer(centsName);
        var currency = Text(currencyName);
        return money ?? (cents is { } amount && currency is not null ? new Money(amount, currency) : null);
    }

    /// <summary>Reads properties under the first of two names that holds an object.</summary>
    public ProductProperties Properties(string name, string otherName)
    {
        var first = Take(name) ?? default;
        var second = Take(otherName) ?? default;
        var element = first.ValueKind == JsonValueKind.Object ? first : second;
        if (element.ValueKind != JsonValueKind.Object)
        {
            return ProductProperties.Empty;
        }

        var json = JsonMarshal.GetRawUtf8Value(element);
        return ProductProperties.HoldsOnlyText(json) ? ProductProperties.FromVerified(json) : ProductProperties.Empty;
    }

    /// <summary>Opens a nested object.</summary>
    public TolerantObject? Object(string name) => Take(name) is { } element ? Find(element, name) : null;

    /// <summary>Reads the elements of an array; elements that <paramref name="read"/> gives up on are left out.</summary>
    /// <returns><see langword="null"/> when the key is absent or not an array.</returns>
    public IReadOnlyList<T>? List<T>(string name, Func<JsonElement, T?> read)
        where T : class =>
            Take(name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray().Select(read).OfType<T>()] : null;

    /// <summary>Reads the elements of an array of values; unreadable elements are left out.</summary>
    public IReadOnlyList<T> Values<T>(string name, Func<JsonElement, T?> read)
        where T : struct =>
            Take(name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray().Select(read).OfType<T>()] : [];

    private static string Describe(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined => "absent",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        _ => element.GetRawText() is { Length: <= 40 } text ? text : element.GetRawText()[..40] + "...",
    };
}
