using System.Text.Json;
using BrxSync.Client.Catalog;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Inventory;

/// <summary>The properties of a product as its blueprint allows them: what to send, what was left out, what is wrong.</summary>
/// <remarks>
/// Allowed values differ from blueprint to blueprint and change over the years, so they are never assumed. When CardTrader refuses a
/// property all the same, read the blueprint again.
/// </remarks>
public sealed record PropertySelection
{
    private static readonly string[] FoilSuffixes = ["_foil", "_foil_new"];

    /// <summary>Gets the properties to send, with CardTrader's names and values.</summary>
    public required IReadOnlyDictionary<string, PropertyValue> Accepted { get; init; }

    /// <summary>Gets the properties that are not sent: the blueprint does not offer them, or CardTrader alone sets them.</summary>
    public required IReadOnlyList<CardTraderFault> Dropped { get; init; }

    /// <summary>Gets the properties whose values the blueprint does not allow.</summary>
    public required IReadOnlyList<CardTraderFault> Faults { get; init; }

    /// <summary>Checks properties against what a blueprint allows.</summary>
    /// <param name="editable">The blueprint's editable properties.</param>
    /// <param name="wanted">
    /// The properties. <c>language</c> and <c>foil</c> stand for the property of the game, for example <c>mtg_language</c>; conditions,
    /// languages and booleans may be written in any common form.
    /// </param>
    /// <returns>What to send, and what not.</returns>
    public static PropertySelection For(IReadOnlyList<PropertyDefinition> editable, IReadOnlyDictionary<string, PropertyValue> wanted)
    {
        ArgumentNullException.ThrowIfNull(editable);
        ArgumentNullException.ThrowIfNull(wanted);
        var accepted = new Dictionary<string, PropertyValue>(StringComparer.Ordinal);
        var dropped = new List<CardTraderFault>();
        var faults = new List<CardTraderFault>();
        foreach (var (name, value) in wanted)
        {
            var definition = Find(editable, name);
            if (definition is null)
            {
                dropped.Add(new CardTraderFault(name, "The blueprint does not offer it."));
            }
            else if (definition.PossibleValues.Count == 0)
            {
                dropped.Add(new CardTraderFault(name, "CardTrader alone sets it."));
            }
            else if (Match(definition, value) is { } allowed)
            {
                accepted[definition.Name] = allowed;
            }
            else
            {
                faults.Add(new CardTraderFault(name, $"\"{value}\" is not allowed; allowed are {string.Join(", ", Texts(definition))}."));
            }
        }

        return new PropertySelection { Accepted = accepted, Dropped = dropped, Faults = faults };
    }

    private static PropertyDefinition? Find(IReadOnlyList<PropertyDefinition> editable, string name) =>
        editable.FirstOrDefault(definition => definition.Name == name)
        ?? editable.FirstOrDefault(definition => string.Equals(definition.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? name switch
        {
            "language" => editable.FirstOrDefault(IsLanguage),
            "foil" => editable.FirstOrDefault(
                static definition => FoilSuffixes.Any(suffix => definition.Name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))),
            _ => null,
        };

    private static bool IsLanguage(PropertyDefinition definition) =>
        definition.Name.EndsWith("_language", StringComparison.OrdinalIgnoreCase);

    private static PropertyValue? Match(PropertyDefinition definition, PropertyValue value)
    {
        var text = value.ToString().Trim();
        if (definition.IsBoolean)
        {
            return ReadFlag(text) is { } flag && definition.Allows(flag ? "true" : "false")
                ? (PropertyValue?)PropertyValue.FromBoolean(flag)
                : null;
        }

        foreach (var candidate in Candidates(definition, text))
        {
            if (Texts(definition).FirstOrDefault(
                allowed => string.Equals(allowed, candidate, StringComparison.OrdinalIgnoreCase)) is { } match)
            {
                return PropertyValue.FromString(match);
            }
        }

        return null;
    }

    private static IEnumerable<string> Candidates(PropertyDefinition definition, string text)
    {
        yield return text;
        if (definition.Name == "condition")
        {
            foreach (var condition in CardCondition.Candidates(text))
            {
                yield return condition;
            }
        }
        else if (IsLanguage(definition) && CardLanguage.Find(text) is { } language)
        {
            yield return language;
        }
    }

    private static bool? ReadFlag(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "NO" or "0" => false,
        _ => null,
    };

    private static IEnumerable<string> Texts(PropertyDefinition definition) =>
        definition.PossibleValues.Select(static value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
}
