using System.Buffers;
using System.Text.Json;
using BrxSync.Client.Inventory;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Changes.Properties;

/// <summary>Merges an edit into the properties of a product, key by key; nested values are replaced whole.</summary>
internal static class PropertyMerge
{
    /// <summary>How many properties an edit may name.</summary>
    public const int MostKeys = 64;

    /// <summary>How long an edit may be as JSON, in bytes.</summary>
    public const int MostBytes = 16 * 1024;

    private const string Condition = "condition";

    /// <summary>Merges.</summary>
    /// <param name="stored">The properties so far.</param>
    /// <param name="given">The edit: names that it does not have stay as they are.</param>
    /// <param name="nullClears">Whether null takes a property away; otherwise it leaves it as it is.</param>
    /// <returns>The properties after it, or its faults.</returns>
    public static PropertyMergeResult Merge(
        ProductProperties stored, IReadOnlyDictionary<string, JsonElement> given, bool nullClears = false)
    {
        List<PropertyFault> faults = [.. FaultsOf(given)];
        if (faults.Count > 0)
        {
            return new PropertyMergeResult { Merged = stored, Faults = faults };
        }

        var merged = new OrderedDictionary<string, JsonElement>(stored.Values, StringComparer.Ordinal);
        var changed = new List<string>();
        foreach (var (name, value) in given)
        {
            if (value.ValueKind != JsonValueKind.Null)
            {
                var kept = name == Condition ? Canonical(value) : value;
                if (!merged.TryGetValue(name, out var before) || !JsonElement.DeepEquals(before, kept))
                {
                    merged[name] = kept;
                    changed.Add(name);
                }
            }
            else if (nullClears && merged.Remove(name))
            {
                changed.Add(name);
            }
        }

        return changed.Count == 0 ? new PropertyMergeResult { Merged = stored } : Result(stored, merged, changed);
    }

    private static PropertyMergeResult Result(
        ProductProperties stored, OrderedDictionary<string, JsonElement> merged, IReadOnlyList<string> changed)
    {
        var json = ToJson(merged);

        // What CardTrader sent may be as long as it likes; only edits must not make it longer than that.
        List<PropertyFault> faults =
        [
            .. TooLarge("With this edit the product", merged.Count, json.Length)
                .Where(_ => merged.Count > stored.Values.Count || json.Length > stored.Utf8Json.Length),
        ];
        return faults.Count > 0
            ? new PropertyMergeResult { Merged = stored, Faults = faults }
            : new PropertyMergeResult { Merged = ProductProperties.FromUtf8Json(json), Changed = changed };
    }

    private static IEnumerable<PropertyFault> FaultsOf(IReadOnlyDictionary<string, JsonElement> given)
    {
        byte[]? json = null;
        try
        {
            json = ToJson(given);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // Half a surrogate pair, written as an escape.
        }

        if (json is null)
        {
            yield return new PropertyFault(null, "The properties hold text that is not valid Unicode.");
            yield break;
        }

        foreach (var fault in TooLarge("The edit", given.Count, json.Length))
        {
            yield return fault;
        }

        foreach (var (name, value) in given)
        {
            if (name.Length == 0)
            {
                yield return new PropertyFault(name, "A property needs a name.");
            }
            else if (name == Condition && value.ValueKind != JsonValueKind.Null && FindCondition(value) is null)
            {
                yield return new PropertyFault(
                    name, $"The condition is none of {string.Join(", ", EditedCondition.All)}, nor a short form of one.");
            }
            else if (StoredJson.FaultOf(name, value) is { } fault)
            {
                yield return new PropertyFault(name, $"It {fault}.");
            }
        }
    }

    private static IEnumerable<PropertyFault> TooLarge(string what, int keys, int bytes)
    {
        if (keys > MostKeys)
        {
            yield return new PropertyFault(null, $"{what} has {keys} properties; at most {MostKeys} are allowed.");
        }

        if (bytes > MostBytes)
        {
            yield return new PropertyFault(null, $"{what} has properties of {bytes} bytes; at most {MostBytes} are allowed.");
        }
    }

    private static string? FindCondition(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? EditedCondition.Find(value.GetString()!) : null;

    private static JsonElement Canonical(JsonElement condition) => FindCondition(condition) is { } name && name != condition.GetString()
        ? JsonElement.Parse($"\"{name}\"")
        : condition;

    private static byte[] ToJson(IEnumerable<KeyValuePair<string, JsonElement>> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in values)
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
