namespace BrxSync.Sync;

/// <summary>How far a change is on its way to CardTrader.</summary>
public enum StockChangeStatus
{
    /// <summary>It waits to be sent.</summary>
    Waiting,

    /// <summary>It was sent; CardTrader works on it, or its answer is awaited.</summary>
    Sent,

    /// <summary>It was sent, and nobody knows yet whether it had its effect. It is not sent again before that is known.</summary>
    InDoubt,

    /// <summary>It had its effect.</summary>
    Done,

    /// <summary>It had no effect and is not tried any more.</summary>
    Failed,

    /// <summary>It is not sent by itself: another change carries it, others took it back before it was sent, or its purchase did not
    /// come about.</summary>
    Superseded,

    /// <summary>It concerns an item that is kept here alone.</summary>
    LocalOnly,

    /// <summary>Its copies are taken here for a purchase that is under way; they are given back if CardTrader does not have them.</summary>
    Reserved,
}
