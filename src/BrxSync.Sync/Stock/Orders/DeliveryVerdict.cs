namespace BrxSync.Sync.Stock.Orders;

/// <summary>Whether a webhook delivery may touch the stock.</summary>
internal enum DeliveryVerdict
{
    /// <summary>It reports the state of an order that we sold.</summary>
    Apply,

    /// <summary>It was sent to test the address.</summary>
    TestMode,

    /// <summary>It tells of something we do not know. It is kept, and changes nothing.</summary>
    UnknownCause,

    /// <summary>We are the buyer.</summary>
    Purchase,

    /// <summary>It tells of an order without saying anything about it: the order is fetched.</summary>
    FetchFirst,
}
