using System.Text.Json;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Serialization;

/// <summary>
/// Reads the keys of a JSON object in every form CardTrader has been seen to use, and loses none. A key that is absent, null or empty
/// gives none; one whose value cannot be read gives none too, and is named in <see cref="Faults"/>. Whatever was not read stays in
/// <see cref="Rest"/>. What must not be missing is asked for with <c>Require...</c>.
/// </summary>
internal sealed class TolerantObject
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);
    private readonly List<CardTraderFault> _faults = [];
    private readonly List<(string Name, TolerantObject Part)> _parts = [];
    private readonly string _what;

    private TolerantObject(JsonElement element, string what)
    {
        _what = what;
        foreach (var property in element.EnumerateObject())
        {
            if (!TolerantValues.TryReadName(property, out var name))
            {
                Blame(name, "The key is not valid Unicode.");
            }

            if (!_values.TryAdd(name, property.Value))
            {
                Blame(name, "It appears twice; the last value counts.");
                _values[name] = property.Value;
            }
        }
    }

    /// <summary>Gets what was not read. Ask for it when everything was.</summary>
    /// <value><see langword="null"/> when nothing is left.</value>
    public IReadOnlyDictionary<string, JsonElement>? Rest
    {
        get
        {
            Settle();
            return _values.Count == 0 ? null : _values;
        }
    }

    /// <summary>Gets what is wrong with the values that could not be read. Ask for it when everything was.</summary>
    public IReadOnlyList<CardTraderFault> Faults
    {
        get
        {
            Settle();
            return _faults.Count == 0 ? Array.Empty<CardTraderFault>() : _faults;
        }
    }

    /// <summary>Opens an object.</summary>
    /// <param name="element">The value.</param>
    /// <param name="what">What it is called in errors, for example <c>order</c>.</param>
    /// <exception cref="JsonException">The value is not an object.</exception>
    public static TolerantObject Require(JsonElement element, string what) =>
        Find(element, what) ?? throw new JsonException($"Expected {what} as an object, not {TolerantElement.Describe(element)}.");

    /// <summary>Opens an object, or returns none when the value is anything else.</summary>
    public static TolerantObject? Find(JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Object ? new TolerantObject(element, what) : null;

    /// <summary>Looks at a value and leaves it where it is.</summary>
    public JsonElement Peek(string name) => _values.GetValueOrDefault(name);

    /// <summary>Takes a value that the caller read.</summary>
    public void Drop(string name) => _values.Remove(name);

    /// <summary>Names a value that is not what it should be.</summary>
    public void Blame(string name, string text) => _faults.Add(new CardTraderFault(name, text));

    /// <summary>Reads an id or count that must not be missing.</summary>
    /// <exception cref="JsonException">
    /// It is missing, unreadable, or not between <paramref name="least"/> and <paramref name="most"/>.
    /// </exception>
    public long RequireInteger(string name, long least = 1, long most = long.MaxValue)
    {
        var element = Peek(name);
        if (element.ValueKind == JsonValueKind.Undefined)
        {
            throw new JsonException($"{_what}: {name} is missing.");
        }

        if (TolerantElement.Integer(element) is not { } value || value < least || value > most)
        {
            throw new JsonException(
                $"{_what}: {name} is {TolerantElement.Describe(element)}, which is not a whole number from {least} to {most}.");
        }

        Drop(name);
        return value;
    }

    /// <summary>Reads a text that must not be missing or empty.</summary>
    /// <exception cref="JsonException">It is, or it is no text.</exception>
    public string RequireText(string name) => Text(name)
        ?? throw new JsonException($"{_what}: {name} is {(TolerantElement.IsNone(Peek(name)) ? "missing or empty" : "not a text")}.");

    /// <summary>Reads an id that must not be missing.</summary>
    /// <exception cref="JsonException">It is missing or not a positive whole number.</exception>
    public TId RequireId<TId>(string name)
        where TId : struct, IEntityId<TId> => TId.From(RequireInteger(name));

    /// <summary>Reads a whole number.</summary>
    public long? Integer(string name) => Value(name, "a whole number", TolerantElement.Integer);

    /// <summary>Reads a whole number that fits 32 bits.</summary>
    public int? Count(string name) => Value<int>(
        name,
        "a whole number of 32 bits",
        static element => TolerantElement.Integer(element) is { } value and >= int.MinValue and <= int.MaxValue ? (int)value : null);

    /// <summary>Reads a positive id.</summary>
    public TId? Id<TId>(string name)
        where TId : struct, IEntityId<TId> => Value(name, "an id", TolerantElement.Id<TId>);

    /// <summary>Reads a decimal number.</summary>
    public decimal? Decimal(string name) => Value(name, "a decimal number", TolerantElement.Decimal);

    /// <summary>Reads a boolean, also when written as text or as 0 or 1.</summary>
    public bool? Flag(string name) => Value(name, "a boolean", TolerantElement.Flag);

    /// <summary>Reads a moment; one without an offset is in UTC.</summary>
    public DateTimeOffset? Time(string name) => Value(name, "a moment", TolerantElement.Time);

    /// <summary>Reads a text; an empty one is none.</summary>
    public string? Text(string name) => StoredWords(name) is { Length: > 0 } text ? text : null;

    /// <summary>Reads a text whose empty value differs from none.</summary>
    public string? StoredWords(string name)
    {
        var element = Peek(name);
        var text = TolerantElement.Text(element);
        if (text is not null || TolerantElement.IsNone(element))
        {
            Drop(name);
            return text;
        }

        // Texts may be about people or be secret: they are never quoted.
        Blame(name, element.ValueKind == JsonValueKind.String
            ? "It is not valid Unicode text."
            : $"It is {TolerantElement.Describe(element)}, not a text.");
        return null;
    }

    /// <summary>Opens an object that is read as a part of this one. It is kept whole when anything of it is not read.</summary>
    public TolerantObject? Part(string name)
    {
        var part = Open(name);
        if (part is not null)
        {
            _parts.Add((name, part));
        }

        return part;
    }

    /// <summary>Reads an object as a record of its own.</summary>
    public T? Record<T>(string name, Func<TolerantObject, T> read)
        where T : class
    {
        if (Open(name) is not { } value)
        {
            return null;
        }

        try
        {
            var record = read(value);
            Drop(name);
            return record;
        }
        catch (JsonException exception)
        {
            Blame(name, exception.Message);
            return null;
        }
    }

    /// <summary>Reads an object of any keys and values.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Keyed(string name)
    {
        if (Open(name) is not { } value)
        {
            return null;
        }

        Adopt(name, value);
        Drop(name);
        return value.Rest;
    }

    /// <summary>Reads the elements of an array; those that <paramref name="read"/> refuses are named and left out,
    /// and then the array is kept whole, too.</summary>
    /// <param name="name">The key.</param>
    /// <param name="read">Reads an element; throws a <see cref="JsonException"/> when it cannot.</param>
    /// <param name="isWhole">Asked in the end whether nothing was left of the elements that were read.</param>
    /// <returns><see langword="null"/> when the key is absent or not an array.</returns>
    public IReadOnlyList<T>? List<T>(string name, Func<JsonElement, T> read, Func<bool>? isWhole = null)
    {
        if (FindValue(name) is not { } array)
        {
            return null;
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            BlameKind(name, array, "an array");
            return null;
        }

        var before = _faults.Count;
        var found = new List<T>(array.GetArrayLength());
        foreach (var (index, element) in array.EnumerateArray().Index())
        {
            try
            {
                found.Add(read(element));
            }
            catch (JsonException exception)
            {
                Blame($"{name}[{index}]", exception.Message);
            }
        }

        if (_faults.Count == before && isWhole?.Invoke() != false)
        {
            Drop(name);
        }

        return found;
    }

    /// <summary>Reads the values of an array.</summary>
    public IReadOnlyList<T> Values<T>(string name, string expected, Func<JsonElement, T?> read)
        where T : struct => List(name, element => read(element) ?? throw new JsonException(Unlike(element, expected))) ?? [];

    /// <summary>Finds a value that is more than none.</summary>
    public JsonElement? FindValue(string name)
    {
        var element = Peek(name);
        if (!TolerantElement.IsNone(element))
        {
            return element;
        }

        Drop(name);
        return null;
    }

    /// <summary>Names a value that is of another kind than it should be.</summary>
    public void BlameKind(string name, JsonElement element, string expected) => Blame(name, Unlike(element, expected));

    /// <summary>Says that a value is of another kind than it should be.</summary>
    public static string Unlike(JsonElement element, string expected) =>
        $"It is {TolerantElement.Describe(element)}, not {expected}.";

    private TolerantObject? Open(string name)
    {
        if (FindValue(name) is not { } element)
        {
            return null;
        }

        var value = Find(element, name);
        if (value is null)
        {
            BlameKind(name, element, "an object");
        }

        return value;
    }

    private T? Value<T>(string name, string expected, Func<JsonElement, T?> read)
        where T : struct
    {
        if (FindValue(name) is not { } element)
        {
            return null;
        }

        if (read(element) is { } value)
        {
            Drop(name);
            return value;
        }

        BlameKind(name, element, expected);
        return null;
    }

    private void Adopt(string name, TolerantObject part)
    {
        foreach (var fault in part.Faults)
        {
            Blame($"{name}.{fault.Path}", fault.Text);
        }
    }

    /// <summary>An object that was read as a part of this one stays whole when anything of it was not read.</summary>
    private void Settle()
    {
        foreach (var (name, part) in _parts)
        {
            Adopt(name, part);
            if (part.Rest is null)
            {
                Drop(name);
            }
        }

        _parts.Clear();
    }
}
