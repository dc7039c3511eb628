using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Inventory;

/// <summary>
/// The properties of a product as CardTrader sent them: an immutable view over a JSON object that is parsed only on demand.
/// </summary>
/// <remarks>
/// Values are texts or booleans, sometimes numbers; new names appear at any time. Two instances are equal when their bytes are, so the
/// same properties in another order are not equal.
/// </remarks>
public sealed class ProductProperties : IEquatable<ProductProperties>
{
    private readonly byte[] _utf8Json;
    private IReadOnlyDictionary<string, JsonElement>? _values;

    private ProductProperties(byte[] utf8Json) => _utf8Json = utf8Json;

    /// <summary>Gets the properties of a product that has none.</summary>
    public static ProductProperties Empty { get; } = new("{}"u8.ToArray());

    /// <summary>Gets the JSON object as UTF-8 text.</summary>
    public ReadOnlyMemory<byte> Utf8Json => _utf8Json;

    /// <summary>Gets the values by name. The first use parses the JSON.</summary>
    public IReadOnlyDictionary<string, JsonElement> Values => _values ??= Parse();

    /// <summary>Takes over a JSON object that was stored earlier.</summary>
    /// <param name="utf8Json">A JSON object as UTF-8 text; it is copied.</param>
    /// <exception cref="ArgumentException">The text is not one JSON object.</exception>
    public static ProductProperties FromUtf8Json(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8Json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new ArgumentException("The properties of a product must be a JSON object.", nameof(utf8Json));
            }

            reader.Skip();
            if (reader.Read())
            {
                throw new ArgumentException("Text follows after the JSON object.", nameof(utf8Json));
            }
        }
        catch (JsonException exception)
        {
            throw new ArgumentException(
                "The properties of a product must be a JSON object: " + exception.Message, nameof(utf8Json), exception);
        }

        return HoldsOnlyText(utf8Json)
            ? FromVerified(utf8Json)
            : throw new ArgumentException("The properties hold a text that is not valid Unicode.", nameof(utf8Json));
    }

    /// <summary>
    /// Finds a property and returns it as text: a text as it is, a boolean as <c>true</c> or <c>false</c>, a number as written.
    /// </summary>
    /// <param name="name">The name of the property, for example <c>condition</c>.</param>
    /// <returns>The text, or <see langword="null"/> when the property is absent, null or not a single value.</returns>
    public string? FindText(string name) => Values.TryGetValue(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    /// <summary>Finds a property and returns it as a boolean; the texts <c>true</c> and <c>false</c> count as booleans.</summary>
    /// <param name="name">The name of the property, for example <c>mtg_foil</c>.</param>
    /// <returns>The boolean, or <see langword="null"/> when the property is absent or something else.</returns>
    public bool? FindFlag(string name) => FindText(name) switch
    {
        "true" => true,
        "false" => false,
        _ => null,
    };

    /// <summary>Compares the JSON byte by byte.</summary>
    /// <param name="other">The properties to compare with.</param>
    public bool Equals(ProductProperties? other) =>
        other is not null && (ReferenceEquals(this, other) || _utf8Json.AsSpan().SequenceEqual(other._utf8Json));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ProductProperties);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(_utf8Json);
        return hash.ToHashCode();
    }

    /// <summary>Returns the JSON text.</summary>
    public override string ToString() => System.Text.Encoding.UTF8.GetString(_utf8Json);

    /// <summary>Takes over bytes that were already read as one complete JSON object.</summary>
    internal static ProductProperties FromVerified(ReadOnlySpan<byte> utf8Json) =>
        utf8Json.SequenceEqual("{}"u8) ? Empty : new ProductProperties(utf8Json.ToArray());

    /// <summary>Tells whether every name and text can be decoded; an escaped half of a surrogate pair cannot.</summary>
    internal static bool HoldsOnlyText(ReadOnlySpan<byte> utf8Json)
    {
        if (!utf8Json.Contains((byte)'\\'))
        {
            return true;
        }

        var reader = new Utf8JsonReader(utf8Json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !TolerantValues.TryReadText(ref reader, out _))
            {
                return false;
            }
        }

        return true;
    }

    private Dictionary<string, JsonElement> Parse()
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in JsonElement.Parse(_utf8Json).EnumerateObject())
        {
            values[property.Name] = property.Value;
        }

        return values;
    }
}
