using System.Text.Json;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Serialization;

/// <summary>
/// Reads the keys of a JSON object in every form CardTrader has been seen to use, and loses none. A key that is absent, null or empty
/// gives none; one whose value cannot be read gives none too, and is named in <see cref="Faults"/>. Whatever was not read stays in
/// <see cref="Rest"/>. What must not be missing is asked for with <c>Require...</c>.
/// </summary>
/// <remarks>
/// It lives on the stack and nothing is made for a key that is read. What outlives it is copied, for the document may be gone then.
/// </remarks>
internal ref struct TolerantObject
{
    private readonly string _what;
    private ObjectKeys _keys;
    private List<CardTraderFault>? _faults;
    private Dictionary<string, JsonElement>? _rest;

    /// <summary>Opens an object.</summary>
    /// <param name="element">The value.</param>
    /// <param name="what">What it is called in errors, for example <c>order</c>.</param>
    /// <exception cref="JsonException">The value is not an object.</exception>
    public TolerantObject(JsonElement element, string what)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException($"Expected {what} as an object, not {TolerantElement.Describe(element)}.");
        }

        _what = what;
        _keys.Open(element);
    }

    /// <summary>Reads an object that is opened; it notes there what it reads.</summary>
    public delegate T Reading<T>(ref TolerantObject value);

    /// <summary>Tells whether everything was read.</summary>
    public readonly bool IsWhole => _keys.Left == 0;

    /// <summary>Gets what was not read. Ask for it when everything was.</summary>
    /// <value><see langword="null"/> when nothing is left.</value>
    public IReadOnlyDictionary<string, JsonElement>? Rest
    {
        get
        {
            Settle();
            return _rest;
        }
    }

    /// <summary>Gets what is wrong with the values that could not be read. Ask for it when everything was.</summary>
    public IReadOnlyList<CardTraderFault> Faults
    {
        get
        {
            Settle();
            return _faults is null ? Array.Empty<CardTraderFault>() : _faults;
        }
    }

    /// <summary>Looks at a value and leaves it where it is.</summary>
    public JsonElement Peek(string name) => _keys.Find(name) is var place and >= 0 ? _keys[place] : default;

    /// <summary>Takes a value that the caller read.</summary>
    public void Drop(string name)
    {
        if (_keys.Find(name) is var place and >= 0)
        {
            _keys.Take(place);
        }
    }

    /// <summary>Names a value that is not what it should be.</summary>
    public void Blame(string name, string text) => (_faults ??= []).Add(new CardTraderFault(name, text));

    /// <summary>Reads an id or count that must not be missing.</summary>
    /// <exception cref="JsonException">
    /// It is missing, unreadable, or not between <paramref name="least"/> and <paramref name="most"/>.
    /// </exception>
    public long RequireInteger(string name, long least = 1, long most = long.MaxValue)
    {
        var place = _keys.Find(name);
        if (place < 0)
        {
            throw new JsonException($"{_what}: {name} is missing.");
        }

        var element = _keys[place];
        if (TolerantElement.Integer(element) is not { } value || value < least || value > most)
        {
            throw new JsonException(
                $"{_what}: {name} is {TolerantElement.Describe(element)}, which is not a whole number from {least} to {most}.");
        }

        _keys.Take(place);
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

    /// <summary>Reads a single value.</summary>
    /// <param name="name">The key.</param>
    /// <param name="expected">What the value should be, for its fault.</param>
    /// <param name="read">Reads a value; gives none when it cannot.</param>
    public T? Value<T>(string name, string expected, Func<JsonElement, T?> read)
        where T : struct
    {
        var place = FindSome(name);
        if (place < 0)
        {
            return null;
        }

        var element = _keys[place];
        if (read(element) is { } value)
        {
            _keys.Take(place);
            return value;
        }

        BlameKind(name, element, expected);
        return null;
    }

    /// <summary>Reads a text; an empty one is none.</summary>
    public string? Text(string name) => StoredWords(name) is { Length: > 0 } text ? text : null;

    /// <summary>Reads a text whose empty value differs from none.</summary>
    public string? StoredWords(string name)
    {
        var place = _keys.Find(name);
        if (place < 0)
        {
            return null;
        }

        var element = _keys[place];
        var text = TolerantElement.Text(element);
        if (text is not null || TolerantElement.IsNone(element))
        {
            _keys.Take(place);
            return text;
        }

        // Texts may be about people or be secret: they are never quoted.
        Blame(name, element.ValueKind == JsonValueKind.String
            ? "It is not valid Unicode text."
            : $"It is {TolerantElement.Describe(element)}, not a text.");
        return null;
    }

    /// <summary>Reads an object as a part of this one, which is kept whole when anything of it is not read.</summary>
    public T? Part<T>(string name, Reading<T> read)
    {
        var place = FindKind(name, JsonValueKind.Object);
        if (place < 0)
        {
            return default;
        }

        var part = new TolerantObject(_keys[place], name);
        var value = read(ref part);
        Adopt(name, part.Faults);
        if (part.IsWhole)
        {
            _keys.Take(place);
        }

        return value;
    }

    /// <summary>Reads an object as a record of its own.</summary>
    public T? Record<T>(string name, Reading<T> read)
        where T : class
    {
        var place = FindKind(name, JsonValueKind.Object);
        if (place < 0)
        {
            return null;
        }

        try
        {
            var value = new TolerantObject(_keys[place], name);
            var record = read(ref value);
            _keys.Take(place);
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
        var place = FindKind(name, JsonValueKind.Object);
        if (place < 0)
        {
            return null;
        }

        // Copied once, and not value by value.
        var value = new TolerantObject(_keys[place].Clone(), name);
        Adopt(name, value.Faults);
        _keys.Take(place);
        return value.Rest;
    }

    /// <summary>Reads an array of any values.</summary>
    /// <returns><see langword="null"/> when the key is absent or not an array.</returns>
    public IReadOnlyList<JsonElement>? Elements(string name)
    {
        var place = FindKind(name, JsonValueKind.Array);
        if (place < 0)
        {
            return null;
        }

        _keys.Take(place);
        var array = _keys[place].Clone();
        var elements = new List<JsonElement>(array.GetArrayLength());
        elements.AddRange(array.EnumerateArray());
        return elements;
    }

    /// <summary>Reads the elements of an array; those that <paramref name="read"/> refuses are named and left out,
    /// and then the array is kept whole, too.</summary>
    /// <param name="name">The key.</param>
    /// <param name="read">Reads an element; throws a <see cref="JsonException"/> when it cannot.</param>
    /// <param name="isWhole">Tells whether nothing of an element is left when it was read.</param>
    /// <returns><see langword="null"/> when the key is absent or not an array.</returns>
    public IReadOnlyList<T>? List<T>(string name, Func<JsonElement, T> read, Func<JsonElement, bool>? isWhole = null) =>
        List(name, read, out _, isWhole);

    /// <inheritdoc cref="List{T}(string, Func{JsonElement, T}, Func{JsonElement, bool})"/>
    /// <param name="name">The key.</param>
    /// <param name="read">Reads an element; throws a <see cref="JsonException"/> when it cannot.</param>
    /// <param name="fault">What is wrong with the first element that was left out.</param>
    /// <param name="isWhole">Tells whether nothing of an element is left when it was read.</param>
    public IReadOnlyList<T>? List<T>(
        string name, Func<JsonElement, T> read, out string? fault, Func<JsonElement, bool>? isWhole = null)
    {
        fault = null;
        var place = FindKind(name, JsonValueKind.Array);
        if (place < 0)
        {
            return null;
        }

        var array = _keys[place];
        var found = new List<T>(array.GetArrayLength());
        var (index, isAll) = (0, true);
        foreach (var element in array.EnumerateArray())
        {
            try
            {
                found.Add(read(element));
                isAll &= isWhole is null || isWhole(element);
            }
            catch (JsonException exception)
            {
                fault ??= exception.Message;
                Blame($"{name}[{index}]", exception.Message);
            }

            index++;
        }

        if (fault is null && isAll)
        {
            _keys.Take(place);
        }

        return found;
    }

    /// <summary>Reads every value that is left.</summary>
    /// <param name="read">Reads a value by its key; gives what keeps it from being read, and then it stays.</param>
    public void ReadRest(Func<string, JsonElement, string?> read)
    {
        for (var place = 0; place < _keys.Count; place++)
        {
            var property = _keys.PropertyOf(place);
            if (_keys.IsTaken(place) || !TolerantValues.TryReadName(property, out var name))
            {
                continue;
            }

            if (read(name, property.Value) is { } fault)
            {
                Blame(name, fault);
            }
            else
            {
                _keys.Take(place);
            }
        }
    }

    /// <summary>Finds a value that is more than none.</summary>
    public JsonElement? FindValue(string name) => FindSome(name) is var place and >= 0 ? _keys[place] : null;

    /// <summary>Names a value that is of another kind than it should be.</summary>
    public void BlameKind(string name, JsonElement element, string expected) => Blame(name, TolerantElement.Unlike(element, expected));

    private int FindSome(string name)
    {
        var place = _keys.Find(name);
        if (place < 0 || !TolerantElement.IsNone(_keys[place]))
        {
            return place;
        }

        _keys.Take(place);
        return -1;
    }

    private int FindKind(string name, JsonValueKind kind)
    {
        var place = FindSome(name);
        if (place < 0 || _keys[place].ValueKind == kind)
        {
            return place;
        }

        BlameKind(name, _keys[place], kind == JsonValueKind.Array ? "an array" : "an object");
        return -1;
    }

    private void Adopt(string name, IReadOnlyList<CardTraderFault> faults)
    {
        foreach (var fault in faults)
        {
            Blame($"{name}.{fault.Path}", fault.Text);
        }
    }

    private void Settle()
    {
        if (IsWhole || _rest is not null)
        {
            return;
        }

        // What is wrong with keys comes before what is wrong with values.
        var faults = _faults;
        _faults = null;
        _rest = new Dictionary<string, JsonElement>(_keys.Left, StringComparer.Ordinal);
        for (var place = 0; place < _keys.Count; place++)
        {
            if (_keys.IsTaken(place))
            {
                continue;
            }

            if (!TolerantValues.TryReadName(_keys.PropertyOf(place), out var name))
            {
                Blame(name, "The key is not valid Unicode.");
            }

            var value = _keys[place].Clone();
            if (!_rest.TryAdd(name, value))
            {
                BlameTwice(name);
                _rest[name] = value;
            }
        }

        for (var place = 0; place < _keys.Count; place++)
        {
            if (_keys.IsTaken(place) && _rest.ContainsKey(_keys.PropertyOf(place).Name))
            {
                BlameTwice(_keys.PropertyOf(place).Name);
            }
        }

        if (faults is not null)
        {
            (_faults ??= []).AddRange(faults);
        }
    }

    private void BlameTwice(string name) => Blame(name, "It appears twice; the last value counts.");
}
