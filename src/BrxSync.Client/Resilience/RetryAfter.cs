using System.Globalization;
using System.Net.Http.Headers;

namespace BrxSync.Client.Resilience;

/// <summary>Reads <c>Retry-After</c>, trusting it only when it is a sane number of seconds or a date that lies ahead.</summary>
internal static class RetryAfter
{
    /// <summary>Returns how long the answer asks to wait, cut to the limit; nothing when it does not say, or says nonsense.</summary>
    public static TimeSpan? Find(HttpResponseHeaders headers, DateTimeOffset now, TimeSpan longest)
    {
        if (!headers.NonValidated.TryGetValues("Retry-After", out var values))
        {
            return null;
        }

        var text = values.ToString().Trim();
        double seconds;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            seconds = number;
        }
        else if (DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
        {
            // Both dates by the server's clock, if it says so: ours may be wrong.
            seconds = (date - (headers.Date ?? now)).TotalSeconds;
        }
        else
        {
            return null;
        }

        return seconds > 0 ? TimeSpan.FromSeconds(Math.Min(seconds, longest.TotalSeconds)) : null;
    }
}
