using System.Security.Cryptography;
using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Resilience;

/// <summary>Understands the body of a 429: which limit it speaks of and how long that limit's window is.</summary>
internal static class Refusal
{
    /// <summary>Returns the limit named in the text, for example "Too many requests: max 1 request per second".</summary>
    public static RateLimitBucket BucketOf(ReadOnlySpan<byte> body)
    {
        if (body.IndexOf("per second"u8) < 0)
        {
            return RateLimitBucket.General;
        }

        return body.IndexOf("max 1 request "u8) >= 0 ? RateLimitBucket.Jobs : RateLimitBucket.Marketplace;
    }

    /// <summary>Returns the window of the limit plus up to half of it, so that many waiting callers do not come back together.</summary>
    public static TimeSpan WaitFor(RateLimitBucket bucket)
    {
        var window = bucket == RateLimitBucket.General ? 10_000 : 1_000;
        return TimeSpan.FromMilliseconds(window + RandomNumberGenerator.GetInt32(window / 2));
    }
}
