using System.Globalization;
using System.Text.Json;

namespace BrxSync.Simulator.Catalog;

/// <summary>The value of one product property: a text or a boolean, as the marketplace knows no other kind.</summary>
/// <param name="Text">The text, or null when the value is a boolean.</param>
/// <param name="Flag">The boolean; meaningless when <paramref name="Text"/> is set.</param>
public readonly record struct PropertyValue(string? Text, bool Flag)
{
    /// <summary>Gets whether the value is a boolean.</summary>
    public bool IsBoolean => Text is null;

    /// <summary>Makes a text value.</summary>
    public static PropertyValue Of(string text) => new(text, false);

    /// <summary>Makes a boolean value.</summary>
    public static PropertyValue Of(bool flag) => new(null, flag);

    /// <summary>Reads a value from JSON; numbers, objects and null are not values of a property.</summary>
    internal static bool TryRead(JsonElement element, out PropertyValue value)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                value = Of(element.GetString()!);
                return true;
            case JsonValueKind.True or JsonValueKind.False:
                value = Of(element.GetBoolean());
                return true;
            default:
                value = default;
                return false;
        }
    }

    internal void WriteTo(Utf8JsonWriter json)
    {
        if (IsBoolean)
        {
            json.WriteBooleanValue(Flag);
        }
        else
        {
            json.WriteStringValue(Text);
        }
    }

    /// <summary>Returns the text, or <c>true</c> or <c>false</c>.</summary>
    public override string ToString() => Text ?? (Flag ? "true" : "false").ToString(CultureInfo.InvariantCulture);
}
