using System.Globalization;
using System.Text.Json;

namespace BrxSync.Simulator.Http;

/// <summary>
/// Reads request bodies. A body that is no JSON object reads as an empty one: what is missing then is reported as missing.
/// </summary>
internal static class RequestBody
{
    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    public static async Task<JsonElement> ReadJsonAsync(ApiCall call)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(call.Context.Request.Body, default, call.Aborted).ConfigureAwait(false);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : Nothing;
        }
        catch (JsonException)
        {
            return Nothing;
        }
    }

    public static bool TryInt(JsonElement body, string name, out long value)
    {
        value = 0;
        return body.TryGetProperty(name, out var found) && found.ValueKind switch
        {
            JsonValueKind.Number => found.TryGetInt64(out value),
            JsonValueKind.String =>
                long.TryParse(found.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value),
            _ => false,
        };
    }

    public static bool Flag(JsonElement body, string name, bool otherwise = false) => body.TryGetProperty(name, out var found)
        ? found.ValueKind == JsonValueKind.True || (found.ValueKind == JsonValueKind.String && found.GetString() == "true")
        : otherwise;

    public static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;
}
