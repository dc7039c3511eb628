using System.Text.Json;

namespace BrxSync.Client.Inventory;

/// <summary>A value to give to a property of a product: a text or a boolean, the only types CardTrader has.</summary>
public readonly record struct PropertyValue
{
    private readonly string? _text;
    private readonly bool _flag;

    private PropertyValue(string? text, bool flag)
    {
        _text = text;
        _flag = flag;
    }

    /// <summary>Gets a value indicating whether this is a boolean.</summary>
    public bool IsBoolean => _text is null;

    /// <summary>Makes a value of a text.</summary>
    /// <param name="text">The text, for example <c>Near Mint</c>.</param>
    public static implicit operator PropertyValue(string text) => FromString(text);

    /// <summary>Makes a value of a boolean.</summary>
    /// <param name="flag">The boolean, for example for <c>mtg_foil</c>.</param>
    public static implicit operator PropertyValue(bool flag) => FromBoolean(flag);

    /// <summary>Makes a value of a text.</summary>
    /// <param name="text">The text, for example <c>Near Mint</c>.</param>
    /// <returns>The value.</returns>
    public static PropertyValue FromString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new PropertyValue(text, false);
    }

    /// <summary>Makes a value of a boolean.</summary>
    /// <param name="flag">The boolean.</param>
    /// <returns>The value.</returns>
    public static PropertyValue FromBoolean(bool flag) => new(null, flag);

    /// <summary>Returns the text, or <c>true</c> or <c>false</c>.</summary>
    public override string ToString() => _text ?? (_flag ? "true" : "false");

    internal void Write(Utf8JsonWriter writer, string name)
    {
        if (_text is null)
        {
            writer.WriteBoolean(name, _flag);
        }
        else
        {
            writer.WriteString(name, _text);
        }
    }
}
