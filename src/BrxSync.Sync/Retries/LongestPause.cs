namespace BrxSync.Sync.Retries;

/// <summary>
/// How long at most what failed is left alone before it is tried again. A stored time that lies further ahead was stored before the clock
/// was set back, and is no reason to wait.
/// </summary>
internal static class LongestPause
{
    public static readonly TimeSpan OfReread = TimeSpan.FromMinutes(15);
    public static readonly TimeSpan OfFetch = TimeSpan.FromHours(1);
    public static readonly TimeSpan OfChange = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan OfJob = TimeSpan.FromHours(1);
    public static readonly TimeSpan OfFeed = TimeSpan.FromHours(1);
}
