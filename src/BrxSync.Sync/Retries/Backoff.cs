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

    /// <summary>
    /// Gives a random wait of up to twice as much after each attempt in vain, never more than a limit: full jitter, so that those which
    /// failed together come back scattered over the whole time.
    /// </summary>
    /// <param name="attempts">How often it was tried in vain, from 1.</param>
    /// <param name="first">The longest wait after the first attempt.</param>
    /// <param name="limit">The longest wait of all.</param>
    /// <param name="random">Where chance comes from.</param>
    public static TimeSpan Full(int attempts, TimeSpan first, TimeSpan limit, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var full = first * Math.Pow(2, Math.Min(attempts - 1, MostDoublings));
        return (full < limit ? full : limit) * random.NextDouble();
    }

    /// <summary>Gives the wait of <see cref="After(int, TimeSpan)"/> for another first one.</summary>
    public static TimeSpan After(int attempts, TimeSpan first, TimeSpan limit)
    {
        var full = first * Math.Pow(2, Math.Min(attempts, MostDoublings));
        return (full < limit ? full : limit) * (0.5 + (Random.Shared.NextDouble() / 2));
    }
}
