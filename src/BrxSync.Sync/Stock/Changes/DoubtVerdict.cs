namespace BrxSync.Sync.Stock.Changes;

/// <summary>What a read says about an adjustment whose answer was lost.</summary>
internal enum DoubtVerdict
{
    /// <summary>Not yet decidable, read again: something happened while CardTrader looked, or orders up to the read are unknown.</summary>
    Open,

    /// <summary>It had its effect.</summary>
    HadEffect,

    /// <summary>It had no effect and may be sent again.</summary>
    HadNoEffect,

    /// <summary>The quantity fits neither: somebody else changed it. A person decides; it is not sent again.</summary>
    Unexplained,
}
