using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Errors;

/// <summary>Flattens <c>errors</c> and <c>warnings</c>, which come as lists, texts, objects of lists, or objects of objects.</summary>
internal static class FaultList
{
    /// <summary>Returns one entry for each text, with the keys that lead to it joined by dots.</summary>
    public static IReadOnlyList<CardTraderFault> Flatten(JsonElement value)
    {
        var faults = new List<CardTraderFault>();
        Collect(value, string.Empty, faults);
        return faults;
    }

    private static void Collect(JsonElement value, string path, List<CardTraderFault> faults)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    var name = TolerantValues.NameOf(property);
                    Collect(property.Value, path.Length == 0 ? name : $"{path}.{name}", faults);
                }

                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                {
                    Collect(element, path, faults);
                }

                break;
            case JsonValueKind.String:
                if (TolerantValues.TryReadText(value, out var text) && text!.Length > 0)
                {
                    faults.Add(new CardTraderFault(path, text));
                }

                break;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                faults.Add(new CardTraderFault(path, value.GetRawText()));
                break;
            default:
                break;
        }
    }
}
