using System.Text.Json;

namespace BrxSync.Simulator.Tests.Shapes;

/// <summary>
/// The shape of many JSON bodies together: for each place the types seen, and for each object how many had which key. Keys of an open map,
/// such as a product's properties, are not part of the shape; the types of their values are.
/// </summary>
internal sealed class JsonShape
{
    private static readonly HashSet<string> OpenMaps = ["properties_hash", "properties", "fixed_properties"];

    private readonly SortedDictionary<string, HashSet<string>> types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Dictionary<string, int>> keys = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> objects = [];

    public static JsonShape Of(params IEnumerable<JsonElement> bodies)
    {
        var shape = new JsonShape();
        foreach (var body in bodies)
        {
            shape.Add("$", body);
        }

        return shape;
    }

    /// <summary>
    /// Lists where a body differs from what was recorded: unknown keys, missing ones that were always there, other types.
    /// </summary>
    public IReadOnlyList<string> DifferencesFrom(JsonShape recorded)
    {
        var differences = new List<string>();
        foreach (var (place, own) in keys)
        {
            if (!recorded.keys.TryGetValue(place, out var known))
            {
                differences.Add($"{place} is an object here alone");
                continue;
            }

            differences.AddRange(own.Keys.Where(key => !known.ContainsKey(key)).Select(key => $"{place}.{key} was never recorded"));
            differences.AddRange(known.Where(key => key.Value == recorded.objects[place] && own.GetValueOrDefault(key.Key) < objects[place])
                .Select(key => $"{place}.{key.Key} was always recorded and is missing here"));
        }

        foreach (var (place, own) in types)
        {
            if (recorded.types.TryGetValue(place, out var known))
            {
                differences.AddRange(own.Except(known).Select(type => $"{place} is {type}, recorded are {string.Join(", ", known)}"));
            }
        }

        return differences;
    }

    private void Add(string place, JsonElement value)
    {
        Known(types, place).Add(Type(value));
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var element in value.EnumerateArray())
                {
                    Add(place + "[]", element);
                }

                break;
            case JsonValueKind.Object when OpenMaps.Contains(place[(place.LastIndexOf('.') + 1)..]):
                foreach (var entry in value.EnumerateObject())
                {
                    Add(place + "{}", entry.Value);
                }

                break;
            case JsonValueKind.Object:
                objects[place] = objects.GetValueOrDefault(place) + 1;
                var own = Known(keys, place);
                foreach (var property in value.EnumerateObject())
                {
                    own[property.Name] = own.GetValueOrDefault(property.Name) + 1;
                    Add($"{place}.{property.Name}", property.Value);
                }

                break;
            default:
                break;
        }
    }

    private static string Type(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "fraction",
        _ => value.ValueKind.ToString().ToLowerInvariant(),
    };

    private static T Known<T>(SortedDictionary<string, T> map, string place)
        where T : new()
    {
        if (!map.TryGetValue(place, out var known))
        {
            map[place] = known = new T();
        }

        return known;
    }
}
