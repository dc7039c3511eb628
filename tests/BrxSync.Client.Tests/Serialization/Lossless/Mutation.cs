using System.Globalization;
using System.Text.Json.Nodes;

namespace BrxSync.Client.Tests.Serialization.Lossless;

/// <summary>One change to an answer: an unknown key more, or a known one with a value of some kind.</summary>
/// <param name="Place">Which object or value, counted through the body.</param>
/// <param name="Kind">What becomes of it; the kinds follow <see cref="Kinds"/>.</param>
internal sealed record Mutation(int Place, int Kind)
{
    /// <summary>The number of kinds of values.</summary>
    public const int Kinds = 16;

    /// <summary>Every second change adds a key.</summary>
    private const int Additions = 2;

    public static string Apply(string body, IReadOnlyList<Mutation> mutations)
    {
        var root = JsonNode.Parse(body)!;
        foreach (var (number, mutation) in mutations.Index())
        {
            mutation.Apply(root, number);
        }

        return root.ToJsonString();
    }

    /// <summary>The number of values with a key in a body.</summary>
    public static int CountValues(string body) => Places(JsonNode.Parse(body)).Count(place => place.Key is not null);

    /// <summary>A value of a kind; those that can be told apart are made of the number, so that none is like another.</summary>
    public static JsonNode? ValueOf(int kind, int number) => kind switch
    {
        0 => JsonValue.Create($"text {number}"),
        1 => JsonValue.Create(700_000_000 + number),
        2 => JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $"0.{700_000_000 + number}1")),
        3 => JsonNode.Parse(string.Create(CultureInfo.InvariantCulture, $"99999999999{700_000_000 + number}")),
        4 => JsonValue.Create(true),
        5 => JsonValue.Create(false),
        6 => null,
        7 => JsonValue.Create(string.Empty),
        8 => new JsonObject { [$"key {number}"] = $"in {number}", ["nested"] = new JsonArray(true, number + 600_000_000) },
        9 => new JsonArray($"element {number}", new JsonObject { [$"deep {number}"] = number + 500_000_000 }),
        10 => JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"{400_000_000 + number}")),
        11 => JsonValue.Create(string.Create(CultureInfo.InvariantCulture, $"2031-01-01T00:{number % 60:00}:{number / 60 % 60:00}.000Z")),
        12 => JsonValue.Create(-300_000_000 - number),
        13 => new JsonArray(),
        14 => new JsonObject(),
        _ => JsonValue.Create(0),
    };

    private void Apply(JsonNode root, int number)
    {
        var isAddition = Kind / Kinds % Additions == 0;
        var places = Places(root).Where(place => isAddition == place.Key is null).ToList();
        if (places.Count == 0)
        {
            return;
        }

        var (node, key) = places[Place % places.Count];
        var value = ValueOf(Kind % Kinds, number);
        switch (node)
        {
            case JsonObject parent:
                parent[key ?? $"unknown {number}"] = value;
                break;
            case JsonArray list:
                list[int.Parse(key!, CultureInfo.InvariantCulture)] = value;
                break;
        }
    }

    /// <summary>Every object, with no key, and every value with the key that leads to it.</summary>
    private static IEnumerable<(JsonNode Node, string? Key)> Places(JsonNode? node)
    {
        if (node is JsonObject parent)
        {
            yield return (parent, null);
            foreach (var (key, value) in parent.ToList())
            {
                yield return (parent, key);
                foreach (var place in Places(value))
                {
                    yield return place;
                }
            }
        }
        else if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                yield return (list, i.ToString(CultureInfo.InvariantCulture));
                foreach (var place in Places(list[i]))
                {
                    yield return place;
                }
            }
        }
    }
}
