using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
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
    private readonly int _count;
    private readonly Key[]? _many;
    private FewKeys _few;
    private int _taken;
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
        _count = element.GetPropertyCount();
        _many = _count > FewKeys.Count ? new Key[_count] : null;
        var keys = Keys;
        var place = 0;
        foreach (var property in element.EnumerateObject())
        {
            keys[place].Hash = HashOf(property);
            keys[place++].Property = property;
        }
    }

    /// <summary>Reads an object that is opened; it notes there what it reads.</summary>
    public delegate T Reading<T>(ref TolerantObject value);

    /// <summary>Tells whether everything was read.</summary>
    public readonly bool IsWhole => _taken == _count;

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

    [UnscopedRef]
    private Span<Key> Keys => _many is null ? ((Span<Key>)_few)[.._count] : _many;

    /// <summary>Looks at a value and leaves it where it is.</summary>
    public JsonElement Peek(string name) => Find(name) is var place and >= 0 ? Keys[place].Property.Value : default;

    /// <summary>Takes a value that the caller read.</summary>
    public void Drop(string name)
    {
        if (Find(name) is var place and >= 0)
        {
            Take(place);
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
        var place = Find(name);
        if (place < 0)
        {
            throw new JsonException($"{_what}: {name} is missing.");
        }

        var element = Keys[place].Property.Value;
        if (TolerantElement.Integer(element) is not { } value || value < least || value > most)
        {
            throw new JsonException(
                $"{_what}: {name} is {TolerantElement.Describe(element)}, which is not a whole number from {least} to {most}.");
        }

        Take(place);
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
        var place = Find(name);
        if (place < 0)
        {
            return null;
        }

        var element = Keys[place].Property.Value;
        var text = TolerantElement.Text(element);
        if (text is not null || TolerantElement.IsNone(element))
        {
            Take(place);
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

        var part = new TolerantObject(Keys[place].Property.Value, name);
        var value = read(ref part);
        Adopt(name, part.Faults);
        if (part.IsWhole)
        {
            Take(place);
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
            var value = new TolerantObject(Keys[place].Property.Value, name);
            var record = read(ref value);
            Take(place);
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
        var value = new TolerantObject(Keys[place].Property.Value.Clone(), name);
        Adopt(name, value.Faults);
        Take(place);
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

        Take(place);
        var array = Keys[place].Property.Value.Clone();
        var elements = new List<JsonElement>(array.GetArrayLength());
        foreach (var element in array.EnumerateArray())
        {
            elements.Add(element);
        }

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

        var array = Keys[place].Property.Value;
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
            Take(place);
        }

        return found;
    }

    /// <summary>Reads every value that is left.</summary>
    /// <param name="read">Reads a value by its key; gives what keeps it from being read, and then it stays.</param>
    public void ReadRest(Func<string, JsonElement, string?> read)
    {
        for (var place = 0; place < _count; place++)
        {
            var property = Keys[place].Property;
            if (Keys[place].IsTaken || !TolerantValues.TryReadName(property, out var name))
            {
                continue;
            }

            if (read(name, property.Value) is { } fault)
            {
                Blame(name, fault);
            }
            else
            {
                Take(place);
            }
        }
    }

    /// <summary>Finds a value that is more than none.</summary>
    public JsonElement? FindValue(string name) => FindSome(name) is var place and >= 0 ? Keys[place].Property.Value : null;

    /// <summary>Names a value that is of another kind than it should be.</summary>
    public void BlameKind(string name, JsonElement element, string expected) => Blame(name, TolerantElement.Unlike(element, expected));

    private static uint HashOf(JsonProperty property)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return !raw.Contains((byte)'\\') ? HashOf(raw) : TolerantValues.TryReadName(property, out var name) ? HashOf<char>(name) : 0;
    }

    // Enough to tell the keys of one record apart nearly always; names decide.
    private static uint HashOf<T>(ReadOnlySpan<T> name)
        where T : IBinaryInteger<T> => name.IsEmpty
            ? 0
            : ((uint)name.Length << 24) | Letter(name[0], 16) | Letter(name[name.Length / 2], 8) | Letter(name[^1], 0);

    private static uint Letter<T>(T letter, int shift)
        where T : IBinaryInteger<T> => (uint)byte.CreateTruncating(letter) << shift;

    private static bool IsNamed(JsonProperty property, string name)
    {
        var raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return Ascii.Equals(raw, name) || (raw.Contains((byte)'\\') && property.NameEquals(name));
    }

    // The last of several counts.
    private int Find(string name)
    {
        var keys = Keys;
        var hash = HashOf<char>(name);
        for (var place = keys.Length - 1; place >= 0; place--)
        {
            if (keys[place].Hash == hash && IsNamed(keys[place].Property, name))
            {
                return keys[place].IsTaken ? -1 : place;
            }
        }

        return -1;
    }

    private int FindSome(string name)
    {
        var place = Find(name);
        if (place < 0 || !TolerantElement.IsNone(Keys[place].Property.Value))
        {
            return place;
        }

        Take(place);
        return -1;
    }

    private int FindKind(string name, JsonValueKind kind)
    {
        var place = FindSome(name);
        if (place < 0 || Keys[place].Property.Value.ValueKind == kind)
        {
            return place;
        }

        BlameKind(name, Keys[place].Property.Value, kind == JsonValueKind.Array ? "an array" : "an object");
        return -1;
    }

    private void Take(int place)
    {
        Keys[place].IsTaken = true;
        _taken++;
    }

    private T? Value<T>(string name, string expected, Func<JsonElement, T?> read)
        where T : struct
    {
        var place = FindSome(name);
        if (place < 0)
        {
            return null;
        }

        var element = Keys[place].Property.Value;
        if (read(element) is { } value)
        {
            Take(place);
            return value;
        }

        BlameKind(name, element, expected);
        return null;
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
        _rest = new Dictionary<string, JsonElement>(_count - _taken, StringComparer.Ordinal);
        foreach (ref readonly var key in Keys)
        {
            if (key.IsTaken)
            {
                continue;
            }

            if (!TolerantValues.TryReadName(key.Property, out var name))
            {
                Blame(name, "The key is not valid Unicode.");
            }

            var value = key.Property.Value.Clone();
            if (!_rest.TryAdd(name, value))
            {
                BlameTwice(name);
                _rest[name] = value;
            }
        }

        foreach (ref readonly var key in Keys)
        {
            if (key.IsTaken && _rest.ContainsKey(key.Property.Name))
            {
                BlameTwice(key.Property.Name);
            }
        }

        if (faults is not null)
        {
            (_faults ??= []).AddRange(faults);
        }
    }

    private void BlameTwice(string name) => Blame(name, "It appears twice; the last value counts.");

    private struct Key
    {
        public JsonProperty Property;
        public uint Hash;
        public bool IsTaken;
    }

    /// <summary>The keys of nearly all records: those of larger ones take an array.</summary>
    [InlineArray(Count)]
    private struct FewKeys
    {
        public const int Count = 16;
        private Key _first;
    }
}
