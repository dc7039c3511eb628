using System.Globalization;
using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Stock;

/// <summary>The texts of generated products, in the same words as <see cref="GeneratedRowWriter"/> writes them.</summary>
internal static class GeneratedTexts
{
    private static readonly string[] Descriptions =
        ["small whitening on one corner", "double sleeved", "light play on the back", "però è bella"];

    public static readonly byte[][] DescriptionsUtf8 = BlueprintKind.Utf8(Descriptions);

    public static string Description(ulong hash) => Descriptions[hash >> 56 & 3];

    public static string Shelf(ulong hash) => string.Create(CultureInfo.InvariantCulture, $"shelf {hash >> 50 & 63}-{hash >> 44 & 63}");

    public static PropertyBag Properties(in GeneratedRow row, SimulatedBlueprint blueprint)
    {
        var kind = row.Kind;
        var properties = blueprint.FixedProperties.ToList();
        foreach (var property in kind.Editable)
        {
            var value = property.Name switch
            {
                "condition" => PropertyValue.Of(BlueprintKind.Conditions[row.Condition]),
                _ when property.Name == kind.LanguageProperty => PropertyValue.Of(kind.Languages[row.Language]),
                _ when property.Name == kind.FoilProperty => PropertyValue.Of(row.Foil),
                _ => PropertyValue.Of(false),
            };
            properties.Add(KeyValuePair.Create(property.Name, value));
        }

        return PropertyBag.Of(properties);
    }
}
