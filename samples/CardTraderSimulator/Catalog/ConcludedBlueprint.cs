using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Catalog;

/// <summary>Describes a blueprint of which only one product is known.</summary>
internal static class ConcludedBlueprint
{
    private static readonly string[] AllLanguages =
        ["en", "it", "fr", "de", "es", "pt", "jp", "kr", "ru", "zh-CN", "zh-TW", "nl", "pl", "cz", "hu", "th", "sv", "id"];

    public static SimulatedBlueprint From(StockProduct product, int expansionId, SimulatedCategory? category)
    {
        var editable = new List<PropertyDefinition>();
        var constant = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var (name, value) in product.Properties)
        {
            if (Editable(name, value, category) is { } definition)
            {
                editable.Add(definition);
            }
            else
            {
                constant.Add(KeyValuePair.Create(name, value));
            }
        }

        return new SimulatedBlueprint
        {
            Id = product.BlueprintId,
            Name = product.Name,
            GameId = product.GameId,
            CategoryId = product.CategoryId,
            ExpansionId = expansionId,
            FixedProperties = PropertyBag.Of(constant),
            EditableProperties = editable,
        };
    }

    private static PropertyDefinition? Editable(string name, PropertyValue value, SimulatedCategory? category)
    {
        if (name is "tournament_legal" || name.EndsWith("_rarity", StringComparison.Ordinal))
        {
            return null;
        }

        var known = category?.Properties.FirstOrDefault(property => property.Name == name);
        if (known is { PossibleValues.Count: > 0 } && known.IsBoolean == value.IsBoolean)
        {
            return known with { DefaultValue = known.IsBoolean ? "false" : known.PossibleValues[0] };
        }

        return name switch
        {
            _ when value.IsBoolean => PropertyDefinition.Boolean(name),
            "condition" => PropertyDefinition.Text(name, "Near Mint", BlueprintKind.Conditions),
            _ when name.EndsWith("_language", StringComparison.Ordinal) => PropertyDefinition.Text(name, "en", AllLanguages),
            _ => null,
        };
    }
}
