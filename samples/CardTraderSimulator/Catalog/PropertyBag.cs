using System.Collections;
using System.Text.Json;

namespace BrxSync.Simulator.Catalog;

/// <summary>
/// The properties of a product or blueprint in the order in which they are written; immutable, compared without regard to order.
/// </summary>
public sealed class PropertyBag : IReadOnlyList<KeyValuePair<string, PropertyValue>>, IEquatable<PropertyBag>
{
    private readonly KeyValuePair<string, PropertyValue>[] entries;

    private PropertyBag(KeyValuePair<string, PropertyValue>[] entries) => this.entries = entries;

    /// <summary>Gets the bag without properties.</summary>
    public static PropertyBag Empty { get; } = new([]);

    /// <summary>Gets the number of properties.</summary>
    public int Count => entries.Length;

    /// <summary>Gets the property at a position.</summary>
    public KeyValuePair<string, PropertyValue> this[int index] => entries[index];

    /// <summary>Makes a bag of name and value pairs; the last value of a name wins.</summary>
    public static PropertyBag Of(IEnumerable<KeyValuePair<string, PropertyValue>> properties)
    {
        var bag = new OrderedDictionary<string, PropertyValue>(StringComparer.Ordinal);
        foreach (var (name, value) in properties)
        {
            bag[name] = value;
        }

        return bag.Count == 0 ? Empty : new PropertyBag([.. bag]);
    }

    /// <summary>Makes a bag of name and value pairs.</summary>
    public static PropertyBag Of(params (string Name, PropertyValue Value)[] properties) =>
        Of(properties.Select(property => KeyValuePair.Create(property.Name, property.Value)));

    /// <summary>Finds the value of a property.</summary>
    public bool TryGet(string name, out PropertyValue value)
    {
        foreach (var entry in entries)
        {
            if (string.Equals(entry.Key, name, StringComparison.Ordinal))
            {
                value = entry.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Returns a bag in which one property has another value.</summary>
    public PropertyBag With(string name, PropertyValue value) => Of(entries.Append(KeyValuePair.Create(name, value)));

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<string, PropertyValue>> GetEnumerator() => entries.AsEnumerable().GetEnumerator();

    /// <inheritdoc />
    IEnumerator IEnumerable.GetEnumerator() => entries.GetEnumerator();

    /// <inheritdoc />
    public bool Equals(PropertyBag? other) =>
        other is not null && other.Count == Count && entries.All(entry => other.TryGet(entry.Key, out var value) && value == entry.Value);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PropertyBag);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = entries.Length;
        foreach (var entry in entries)
        {
            hash ^= HashCode.Combine(entry.Key, entry.Value);
        }

        return hash;
    }

    internal static PropertyBag Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return Empty;
        }

        var read = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var property in element.EnumerateObject())
        {
            if (PropertyValue.TryRead(property.Value, out var value))
            {
                read.Add(KeyValuePair.Create(property.Name, value));
            }
        }

        return Of(read);
    }

    internal void WriteTo(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (var entry in entries)
        {
            json.WritePropertyName(entry.Key);
            entry.Value.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
