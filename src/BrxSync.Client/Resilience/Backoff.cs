namespace BrxSync.Client.Resilience;

/// <summary>How long a call waits before it is sent again.</summary>
internal static class Backoff
{
    /// <summary>
    /// Gives anything between nothing and the first wait doubled with each retry: calls wait in the order of seconds and in great number,
    /// so that those which failed together must not return together, and one that returns at once does no harm.
    /// </summary>
    public static TimeSpan Before(int retry, TimeSpan first, TimeSpan limit)
    {
        var longest = Math.Min(first.TotalMilliseconds * Math.Pow(2, retry), limit.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * longest);
    }
}
