namespace BrxSync.Simulator.Limits;

/// <summary>How the server counts calls. The real way is unknown; a polite client gets along with each.</summary>
public enum LimiterModel
{
    /// <summary>No limit at all.</summary>
    None,

    /// <summary>200 calls in each ten seconds of the clock, counted anew at every full ten.</summary>
    FixedWindow,

    /// <summary>200 accepted calls in any ten seconds.</summary>
    SlidingLog,

    /// <summary>200 calls in any ten seconds, the refused ones counted too: who keeps knocking stays out.</summary>
    SlidingLogCountingRefusals,

    /// <summary>The count of this ten-second window plus the share of the last one that a window ending now would overlap.</summary>
    WeightedCounter,

    /// <summary>A bucket of 200 that fills at 20 a second.</summary>
    Bucket200,

    /// <summary>A bucket of 20 that fills at 20 a second.</summary>
    Bucket20,
}
