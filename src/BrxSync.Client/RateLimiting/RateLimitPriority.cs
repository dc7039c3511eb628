namespace BrxSync.Client.RateLimiting;

/// <summary>Says who goes first when requests have to wait. Within one priority the order is first come, first served.</summary>
public enum RateLimitPriority
{
    /// <summary>Exports, polling and other work that nobody is watching. Cannot use the slots kept for <see cref="High"/>.</summary>
    Normal = 0,

    /// <summary>Work somebody waits for: a purchase, a push of a sale, a targeted re-read.</summary>
    High = 1,
}
