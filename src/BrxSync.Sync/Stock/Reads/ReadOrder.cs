namespace BrxSync.Sync.Stock.Reads;

/// <summary>How a read stands to the last one that was applied to an item.</summary>
internal enum ReadOrder
{
    /// <summary>CardTrader looked later.</summary>
    Later,

    /// <summary>CardTrader looked earlier: the read is outdated.</summary>
    Earlier,

    /// <summary>The windows overlap and this one begins no earlier: which look was the later one is unknown.</summary>
    UnknownBegunLater,

    /// <summary>The windows overlap and this one begins earlier: which look was the later one is unknown.</summary>
    UnknownBegunEarlier,
}
