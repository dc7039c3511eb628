using System.Text.Json;

namespace BrxSync.Client.Catalog;

/// <summary>A property a product may have, and the values it may take.</summary>
public sealed record PropertyDefinition : CardTraderRecord
{
    /// <summary>Gets the name, the key in the properties of a product, for example <c>mtg_language</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the type of the value: <c>string</c> or <c>boolean</c>.</summary>
    public string? Type { get; init; }

    /// <summary>Gets a value indicating whether the value is a boolean.</summary>
    public bool IsBoolean => string.Equals(Type, "boolean", StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets the values CardTrader accepts.</summary>
    /// <value>Empty means free text that CardTrader alone sets, for example a collector number: never write it.</value>
    public IReadOnlyList<JsonElement> PossibleValues { get; init; } = [];

    /// <summary>Gets the value used when none is given, always as text, for booleans too.</summary>
    public string? DefaultValue { get; init; }

    /// <summary>Tells whether CardTrader accepts the value; texts are compared exactly, booleans may be given as text.</summary>
    /// <param name="value">The value as text, for example <c>Near Mint</c> or <c>true</c>.</param>
    public bool Allows(string value)
    {
        foreach (var possible in PossibleValues)
        {
            var text = possible.ValueKind == JsonValueKind.String ? possible.GetString() : possible.GetRawText();
            if (string.Equals(text, value, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
