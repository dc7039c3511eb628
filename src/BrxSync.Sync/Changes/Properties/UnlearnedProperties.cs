using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Changes.Properties;

/// <summary>
/// Chooses among wanted properties where nobody knows what their blueprint allows. A refused property makes CardTrader refuse the whole
/// change, its price too, so only that goes out which is allowed in all likelihood: what describes a copy (never what describes the print,
/// such as its rarity), and of a product that exists only what it has already. A product that is to be created has nothing yet; there what
/// describes a copy is sent, since a condition that is left out would be sold as Near Mint, and a wrong one is only refused.
/// </summary>
internal static class UnlearnedProperties
{
    private static readonly HashSet<string> OfACopy = new(StringComparer.Ordinal) { "condition", "signed", "altered", "first_edition" };

    private static readonly string[] OfACopySuffixes = ["_language", "_foil", "_foil_new", "_reverse", "_first_edition", "_condition"];

    public static void Select(
        IReadOnlyDictionary<string, PropertyValue> wanted, IReadOnlyDictionary<string, PropertyValue> current, PropertyNotes notes)
    {
        foreach (var (name, value) in wanted.OrderBy(property => property.Key, StringComparer.Ordinal))
        {
            if (value.ToString().Length == 0)
            {
                notes.Leave(name, value, PropertyNoteKind.Dropped, "It is empty, which CardTrader has no value for: it keeps what it has.");
            }
            else if (!OfACopy.Contains(name) && !OfACopySuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal)))
            {
                notes.Leave(
                    name, value, PropertyNoteKind.Withheld, "What the blueprint allows is not known, and it does not describe a copy.");
            }
            else if (current.Count > 0 && !current.ContainsKey(name))
            {
                notes.Leave(
                    name, value, PropertyNoteKind.Withheld, "What the blueprint allows is not known, and the product does not have it.");
            }
            else
            {
                notes.Send(name, value, name, InCardTradersWords(name, value, current));
            }
        }
    }

    private static PropertyValue InCardTradersWords(string name, PropertyValue value, IReadOnlyDictionary<string, PropertyValue> current)
    {
        if (value.IsBoolean)
        {
            return value;
        }

        var text = value.ToString();
        if (name == "condition")
        {
            return CardCondition.Find(text) ?? text;
        }

        if (name.EndsWith("_language", StringComparison.Ordinal))
        {
            return CardLanguage.Find(text) ?? text;
        }

        return current.TryGetValue(name, out var now) && now.IsBoolean && bool.TryParse(text, out var flag) ? flag : value;
    }
}
