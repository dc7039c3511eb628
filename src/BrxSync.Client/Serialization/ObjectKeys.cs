using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace BrxSync.Client.Serialization;

/// <summary>The keys of a JSON object in their order, and which of them were read. No text is made of a key to find it.</summary>
internal ref struct ObjectKeys
{
    private Key[]? _many;
    private FewKeys _few;
    private int _taken;

    public int Count { get; private set; }

    /// <summary>How many were not read.</summary>
    public readonly int Left => Count - _taken;

    [UnscopedRef]
    private Span<Key> All => _many is null ? ((Span<Key>)_few)[..Count] : _many;

    /// <summary>Gets the value of a key.</summary>
    public JsonElement this[int place] => All[place].Property.Value;

    /// <summary>Notes the keys, in place: copying them would cost as much again.</summary>
    /// <param name="element">An object.</param>
    public void Open(JsonElement element)
    {
        Count = element.GetPropertyCount();
        _many = Count > FewKeys.Count ? new Key[Count] : null;
        var keys = All;
        var place = 0;
        foreach (var property in element.EnumerateObject())
        {
            keys[place].Hash = HashOf(property);
            keys[place++].Property = property;
        }
    }

    public JsonProperty PropertyOf(int place) => All[place].Property;

    public bool IsTaken(int place) => All[place].IsTaken;

    /// <summary>Notes that a key was read.</summary>
    public void Take(int place)
    {
        All[place].IsTaken = true;
        _taken++;
    }

    /// <summary>Finds a key that was not read yet; the last of several counts.</summary>
    /// <param name="name">Its name, of ASCII letters.</param>
    /// <returns>Its place, or a negative number.</returns>
    public int Find(string name)
    {
        var keys = All;
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
