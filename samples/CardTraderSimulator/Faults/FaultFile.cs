using System.Text.Json;

namespace BrxSync.Simulator.Faults;

/// <summary>Reads fault rules from JSON: an array of rules, or one rule. Keys are those of <see cref="FaultRule"/> in snake case, times in
/// milliseconds (<c>latency_ms</c>), actions in snake case too (<c>cut_body</c>).</summary>
internal static class FaultFile
{
    public static IReadOnlyList<FaultRule> Read(JsonElement json) => json.ValueKind == JsonValueKind.Array
        ? [.. json.EnumerateArray().Select(ReadRule)]
        : [ReadRule(json)];

    private static FaultRule ReadRule(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException("A fault rule is a JSON object.");
        }

        var rule = new FaultRule();
        foreach (var property in json.EnumerateObject())
        {
            try
            {
                Set(rule, property.Name, property.Value);
            }
            catch (Exception error) when (error is InvalidOperationException or FormatException)
            {
                throw new ArgumentException($"{property.Name} of a fault rule cannot be {property.Value.GetRawText()}.", error);
            }
        }

        rule.Validate();
        return rule;
    }

    private static void Set(FaultRule rule, string name, JsonElement value)
    {
        switch (name)
        {
            case "endpoint":
                rule.Endpoint = value.GetString()!;
                break;
            case "seller":
                rule.Seller = value.GetString();
                break;
            case "nth":
                rule.Nth = value.GetInt32();
                break;
            case "probability":
                rule.Probability = value.GetDouble();
                break;
            case "seed":
                rule.Seed = value.GetInt32();
                break;
            case "times":
                rule.Times = value.GetInt32();
                break;
            case "action":
                rule.Action = Action(value.GetString()!);
                break;
            case "latency_ms":
                rule.Latency = TimeSpan.FromMilliseconds(value.GetDouble());
                break;
            case "status":
                rule.Status = value.GetInt32();
                break;
            case "retry_after":
                rule.RetryAfter = value.GetString();
                break;
            case "at_byte":
                rule.AtByte = value.GetInt64();
                break;
            case "rows":
                rule.Rows = value.GetInt32();
                break;
            case "every":
                rule.Every = value.GetInt32();
                break;
            default:
                throw new ArgumentException($"{name} is no key of a fault rule.");
        }
    }

    private static FaultAction Action(string text) =>
        Enum.TryParse<FaultAction>(text.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var action)
            ? action
            : throw new ArgumentException(
                $"{text} is no action of a fault; give one of {string.Join(", ", Enum.GetNames<FaultAction>())}.");
}
