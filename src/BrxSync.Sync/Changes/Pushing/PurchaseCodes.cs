namespace BrxSync.Sync.Changes.Pushing;

/// <summary>Why purchases did not come about, as it is noted with their changes.</summary>
internal static class PurchaseCodes
{
    /// <summary>CardTrader has fewer copies.</summary>
    public const string NotEnough = "not_enough";

    /// <summary>The product is gone at CardTrader.</summary>
    public const string Gone = "not_found";

    /// <summary>The answer was lost, and a read has shown that nothing was sold.</summary>
    public const string NoEffect = "no_effect";

    /// <summary>The process that made it ended before anything was sent.</summary>
    public const string Expired = "expired";

    /// <summary>Whoever asked for it gave up before anything was sent.</summary>
    public const string Cancelled = "cancelled";
}
