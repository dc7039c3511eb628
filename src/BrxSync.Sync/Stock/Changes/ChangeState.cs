namespace BrxSync.Sync.Stock.Changes;

/// <summary>How far a change is on its way to the marketplace.</summary>
internal enum ChangeState
{
    /// <summary>Not sent.</summary>
    Waiting,

    /// <summary>Sent; the answer is awaited.</summary>
    Sent,

    /// <summary>Sent, and the answer was lost. It may have had its effect.</summary>
    InDoubt,

    /// <summary>It had its effect.</summary>
    Acknowledged,

    /// <summary>It had no effect and never will.</summary>
    Failed,

    /// <summary>It is not sent by itself: another change carries it, others took it back before it was sent, or
    /// its purchase did not come about.</summary>
    Superseded,

    /// <summary>It concerns an item that is kept here alone: there is nothing to send.</summary>
    LocalOnly,

    /// <summary>Its copies are taken from the stock here for a purchase, which alone sends it, or gives them back.</summary>
    Reserved,
}
