namespace BrxSync.Simulator.Catalog;

/// <summary>A property that products of a category or blueprint may carry.</summary>
/// <param name="Name">The key used in <c>properties</c> and <c>properties_hash</c>.</param>
/// <param name="IsBoolean">Whether values are booleans; otherwise they are texts.</param>
/// <param name="PossibleValues">The allowed values; empty means free text that only the marketplace sets.</param>
/// <param name="DefaultValue">The value taken when a seller gives none, always as text; null where none is known.</param>
public sealed record PropertyDefinition(string Name, bool IsBoolean, IReadOnlyList<string> PossibleValues, string? DefaultValue)
{
    internal static PropertyDefinition Text(string name, string? defaultValue, params string[] values) =>
        new(name, false, values, defaultValue);

    internal static PropertyDefinition Boolean(string name) => new(name, true, ["true", "false"], "false");

    /// <summary>Says whether a seller may set the property to this value.</summary>
    internal bool Allows(PropertyValue value) =>
        value.IsBoolean == IsBoolean && PossibleValues.Contains(value.ToString(), StringComparer.Ordinal);

    /// <summary>Gets the default as a value of the property's own type, or null when there is none.</summary>
    internal PropertyValue? Default => DefaultValue switch
    {
        null => null,
        _ when IsBoolean => PropertyValue.Of(DefaultValue == "true"),
        _ => PropertyValue.Of(DefaultValue),
    };
}
