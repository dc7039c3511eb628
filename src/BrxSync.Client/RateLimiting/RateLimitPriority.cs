namespace BrxSync.Client.RateLimiting;

/// <summary>
/// Says who goes first when requests have to wait. Within one priority the order is first come, first served; after 9 urgent requests in a
/// row a waiting normal one has its turn.
/// </summary>
public enum RateLimitPriority
{
    /// <summary>Exports, polling and other work that nobody is watching. Leaves a reserve of slots to <see cref="High"/>.</summary>
    Normal = 0,

    /// <summary>Work somebody waits for: a purchase, a push of a sale, a targeted re-read.</summary>
    High = 1,
}
