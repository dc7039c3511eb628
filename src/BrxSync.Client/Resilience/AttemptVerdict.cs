namespace BrxSync.Client.Resilience;

/// <summary>Says what one attempt of a call came to.</summary>
internal enum AttemptVerdict
{
    /// <summary>An answer that stands, good or bad.</summary>
    Final = 0,

    /// <summary>Refused by the rate limit, not executed.</summary>
    Throttled,

    /// <summary>Blocked by something in front of CardTrader, not executed.</summary>
    Blocked,

    /// <summary>No byte was sent.</summary>
    NotSent,

    /// <summary>Failed in a way that may pass; it may have been executed.</summary>
    Failed,
}
