using System.Globalization;
using System.Text.Json;

namespace BrxSync.Simulator.Http;

/// <summary>Times as the marketplace writes them: UTC with milliseconds.</summary>
internal static class Timestamps
{
    public static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static void Write(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } set)
        {
            json.WriteString(name, Text(set));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
