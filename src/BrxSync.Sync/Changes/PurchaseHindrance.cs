namespace BrxSync.Sync;

/// <summary>Why a purchase could not be made for the time being.</summary>
public enum PurchaseHindrance
{
    /// <summary>Nothing stood in the way.</summary>
    None,

    /// <summary>CardTrader allows no more calls for the moment.</summary>
    RateLimited,

    /// <summary>CardTrader answered with an error, could not be reached, or refused the call.</summary>
    UpstreamError,

    /// <summary>So many calls failed lately that none is sent for a while.</summary>
    CircuitOpen,

    /// <summary>CardTrader did not answer in time, or other changes of the product took too long.</summary>
    Deadline,

    /// <summary>Changes are held back, of this account or of all.</summary>
    WritesHeld,

    /// <summary>
    /// The purchase was given up, or its process ended, before anything was sent; or a read has shown that nothing was sold.
    /// </summary>
    GivenUp,
}
