using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BrxSync.Client.Tests.Serialization.Lossless;

/// <summary>Holds an answer against what was read of it, value by value.</summary>
internal sealed class Balance
{
    /// <summary>The values that were held against what was read.</summary>
    public int Values { get; private set; }

    /// <summary>The answers that were refused with a fault that names what was wrong with them.</summary>
    public int Refused { get; private set; }

    /// <summary>The values of known keys that could not be read, and were named and kept.</summary>
    public int Named { get; private set; }

    /// <summary>Reads a body and throws when a value is neither held nor named.</summary>
    /// <param name="answer">What the body is.</param>
    /// <param name="body">The body.</param>
    /// <param name="flags">Whether booleans are checked, which takes one more reading for each.</param>
    public void Check(Answer answer, string body, bool flags = true)
    {
        var json = JsonElement.Parse(body);
        Atoms atoms;
        try
        {
            atoms = Atoms.Of(answer.Read(json));
        }
        catch (JsonException fault)
        {
            Values += Leaves(json).Count;
            Refused++;
            KeysOf(JsonElement.Parse(answer.Body)).Append("price").Any(key => fault.Message.Contains(key, StringComparison.Ordinal))
                .ShouldBeTrue($"{answer}: the refusal names no key: {fault.Message}\n{body}");
            return;
        }

        Named += atoms.Faults.Count();
        foreach (var (path, leaf) in Leaves(json))
        {
            var isFlag = leaf.ValueKind is JsonValueKind.True or JsonValueKind.False || leaf.GetRawText() == "0";
            if (isFlag && !flags)
            {
                continue;
            }

            Values++;
            if (isFlag)
            {
                // There are too many of them to find one: when it is held, its opposite gives something else.
                ReadOpposite(answer, body, path).ShouldNotBe(atoms.Dump, $"{answer}: {string.Join('.', path)} is lost of\n{body}");
            }
            else
            {
                var text = leaf.ValueKind == JsonValueKind.String ? leaf.GetString()! : leaf.GetRawText();
                atoms.Hold(text).ShouldBeTrue($"{answer}: {string.Join('.', path)}, {text}, is lost of\n{body}\n{atoms.Dump}");
            }
        }

        foreach (var fault in atoms.Records.Where(record => record.ExtensionData is null).SelectMany(record => record.Faults))
        {
            Assert.Fail($"{answer}: {fault} without what was sent, of\n{body}");
        }
    }

    private static string ReadOpposite(Answer answer, string body, IReadOnlyList<string> path)
    {
        var root = JsonNode.Parse(body)!;
        var node = root;
        foreach (var step in path)
        {
            node = node is JsonArray list ? list[int.Parse(step, CultureInfo.InvariantCulture)]! : node[step]!;
        }

        node.ReplaceWith(node.GetValueKind() switch { JsonValueKind.True => false, JsonValueKind.False => true, _ => (JsonNode)1 });
        try
        {
            return Atoms.Of(answer.Read(JsonElement.Parse(root.ToJsonString()))).Dump;
        }
        catch (JsonException)
        {
            return "refused";
        }
    }

    // Null and an empty text mean "none" everywhere; what keeps them apart has a test of its own.
    private static List<(IReadOnlyList<string> Path, JsonElement Leaf)> Leaves(JsonElement json)
    {
        var leaves = new List<(IReadOnlyList<string>, JsonElement)>();
        Walk(json, []);
        return leaves;

        void Walk(JsonElement element, IReadOnlyList<string> path)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                    {
                        Walk(property.Value, [.. path, property.Name]);
                    }

                    break;
                case JsonValueKind.Array:
                    foreach (var (index, item) in element.EnumerateArray().Index())
                    {
                        Walk(item, [.. path, index.ToString(CultureInfo.InvariantCulture)]);
                    }

                    break;
                case JsonValueKind.Null:
                case JsonValueKind.String when element.ValueEquals(string.Empty):
                    break;
                default:
                    leaves.Add((path, element));
                    break;
            }
        }
    }

    private static IEnumerable<string> KeysOf(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(property => KeysOf(property.Value).Prepend(property.Name)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(KeysOf),
        _ => [],
    };
}
