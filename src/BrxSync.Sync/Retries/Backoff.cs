namespace BrxSync.Sync.Retries;

/// <summary>How long to wait before trying again.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private const int MostDoublings = 20;

    /// <summary>
    /// Gives twice as long after each attempt in vain, never more than a limit, and a random half of it less, so that
    /// not all come back at once.
    /// </summary>
    public static TimeSpan After(int attempts, TimeSpan limit) => After(attempts, First, limit);

    /// <summary>Gives the same of another first wait.</summary>
    public static TimeSpan After(int attempts, TimeSpan first, TimeSpan limit)
    {
        var full = first * Math.Pow(2, Math.Min(attempts, MostDoublings));
        return (full < limit ? full : limit) * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
