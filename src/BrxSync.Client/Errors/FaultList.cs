using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Errors;

/// <summary>Flattens <c>errors</c> and <c>warnings</c>, which come as lists, texts, objects of lists, or objects of objects.</summary>
internal static class FaultList
{
    /// <summary>Returns one entry for each text, with the keys that lead to it joined by dots.</summary>
    public static IReadOnlyList<CardTraderFault> Flatten(JsonElement value) => Flatten(value, out _);

    /// <summary>Returns one entry for each text, with the keys that lead to it joined by dots.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isWhole">Whether every text could be read.</param>
    public static IReadOnlyList<CardTraderFault> Flatten(JsonElement value, out bool isWhole)
    {
        var faults = new List<CardTraderFault>();
        isWhole = Collect(value, string.Empty, faults);
        return faults;
    }

    private static bool Collect(JsonElement value, string path, List<CardTraderFault> faults)
    {
        var isWhole = true;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject())
                {
                    isWhole &= TolerantValues.TryReadName(property, out var name);
                    isWhole &= Collect(property.Value, path.Length == 0 ? name : $"{path}.{name}", faults);
                }

                break;
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                {
                    isWhole &= Collect(element, path, faults);
                }

                break;
            case JsonValueKind.String:
                var isText = TolerantValues.TryReadText(value, out var text);
                isWhole &= isText;
                if (isText && text!.Length > 0)
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

        return isWhole;
    }
}
