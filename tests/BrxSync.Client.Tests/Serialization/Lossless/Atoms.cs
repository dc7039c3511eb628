using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;
using BrxSync.Client.Orders;

namespace BrxSync.Client.Tests.Serialization.Lossless;

/// <summary>Everything a record holds, member by member, found by reflection and with no knowledge of its reader.</summary>
internal sealed class Atoms
{
    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);
    private readonly StringBuilder _dump = new();

    private Atoms()
    {
    }

    /// <summary>The records that were met.</summary>
    public List<CardTraderRecord> Records { get; } = [];

    /// <summary>What the records say could not be read.</summary>
    public IEnumerable<CardTraderFault> Faults => Records.SelectMany(record => record.Faults);

    /// <summary>All of it as one text: two answers that differ in a value must differ here.</summary>
    public string Dump => _dump.ToString();

    public static Atoms Of(object? value)
    {
        var atoms = new Atoms();
        atoms.Collect(value, string.Empty);
        return atoms;
    }

    /// <summary>Tells whether a text or number of an answer is held, as it came or as what it means.</summary>
    public bool Hold(string text) => _texts.Contains(text)
        || (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && _texts.Contains(TextOf(time)));

    private static string TextOf(DateTimeOffset time) => time.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    private void Add(string text, string path)
    {
        _texts.Add(text);
        _dump.Append(path).Append(" = ").AppendLine(text);
    }

    private void Collect(object? value, string path)
    {
        switch (value)
        {
            case null:
                return;
            case JsonElement element:
                Collect(element, path);
                return;
            case ProductProperties properties:
                Collect(JsonElement.Parse(properties.Utf8Json.Span), path);
                return;
            case DateTimeOffset time:
                Add(TextOf(time), path);
                Add(time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), path);
                return;
            case OrderState state:
                Add(state.Text, path);
                return;
            case CardTraderFault fault:
                // A complaint of CardTrader; the keys that lead to it are its path.
                Array.ForEach(fault.Path.Split('.'), key => Add(key, path));
                Add(fault.Text, path);
                return;
            case Enum choice:
                Add(choice.ToString().ToLowerInvariant(), path);
                return;
            case bool flag:
                Add(flag ? "true" : "false", path);
                return;
            case string or IFormattable:
                Add(Convert.ToString(value, CultureInfo.InvariantCulture)!, path);
                return;
            case IDictionary dictionary:
                CollectEntries(dictionary, path);
                return;
            case IReadOnlyDictionary<string, JsonElement> dictionary:
                CollectEntries(dictionary.ToDictionary(), path);
                return;
        }

        if (value is IEnumerable items)
        {
            foreach (var (index, item) in items.Cast<object?>().Index())
            {
                Collect(item, $"{path}[{index}]");
            }
        }

        if (value is not IEnumerable || value.GetType().Name == typeof(CardTraderList<>).Name)
        {
            CollectMembers(value, path);
        }
    }

    private void CollectMembers(object value, string path)
    {
        if (value is CardTraderRecord record)
        {
            Records.Add(record);
        }

        foreach (var member in value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(member => member.GetIndexParameters().Length == 0 && member.Name != nameof(CardTraderRecord.Faults)))
        {
            Collect(member.GetValue(value), $"{path}.{member.Name}");
        }
    }

    private void CollectEntries(IDictionary dictionary, string path)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            var key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!;
            Add(key, path);
            Collect(entry.Value, $"{path}.{key}");
        }
    }

    private void Collect(JsonElement element, string path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    Add(property.Name, path);
                    Collect(property.Value, $"{path}.{property.Name}");
                }

                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                {
                    Collect(item, $"{path}[{index}]");
                }

                break;
            case JsonValueKind.String:
                Add(element.GetString()!, path);
                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                Add(element.GetRawText(), path);
                break;
        }
    }
}
