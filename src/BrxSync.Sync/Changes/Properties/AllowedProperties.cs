using BrxSync.Client.Catalog;
using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Changes.Properties;

/// <summary>Chooses among wanted properties by what their blueprint allows.</summary>
internal static class AllowedProperties
{
    public static void Select(
        IReadOnlyList<PropertyDefinition> definitions, IReadOnlyDictionary<string, PropertyValue> wanted, PropertyNotes notes)
    {
        // One at a time, so that each value can be told from what it became. A property's own name comes before a word for it.
        foreach (var (name, value) in wanted
            .OrderByDescending(property => definitions.Any(definition => definition.Name == property.Key))
            .ThenBy(property => property.Key, StringComparer.Ordinal))
        {
            if (value.ToString().Length == 0)
            {
                notes.Leave(name, value, PropertyNoteKind.Dropped, "It is empty, which CardTrader has no value for: it keeps what it has.");
                continue;
            }

            var alone = new Dictionary<string, PropertyValue>(StringComparer.Ordinal) { [name] = value };
            var selection = PropertySelection.For(definitions, alone);
            foreach (var (sentName, sent) in selection.Accepted)
            {
                notes.Send(name, value, sentName, sent);
            }

            foreach (var dropped in selection.Dropped)
            {
                notes.Leave(name, value, PropertyNoteKind.Dropped, dropped.Text);
            }

            foreach (var fault in selection.Faults)
            {
                notes.Leave(name, value, PropertyNoteKind.Refused, fault.Text);
            }
        }
    }
}
