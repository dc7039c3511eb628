namespace BrxSync.Sync.Stock.Orders;

/// <summary>
/// The states of an order that stock depends on. Those that decide whether a sale counts come in the order in which an order passes
/// through them, so that of two reports from the same instant the higher state is the later one.
/// </summary>
internal enum OrderState
{
    /// <summary>A state nobody has described. It changes nothing and a person is told.</summary>
    Unknown,

    /// <summary>The payment is not settled. Changes nothing.</summary>
    Pending,

    /// <summary>Somebody asks to cancel; nothing is decided. Changes nothing.</summary>
    RequestForCancel,

    /// <summary>Lost on the way: the cards are gone and the sale stands. Changes nothing.</summary>
    Lost,

    /// <summary>Sold over CardTrader Zero, waiting for the weekly order. The first state of a Zero sale.</summary>
    HubPending,

    /// <summary>Paid. The first state of a direct sale; of a Zero order, the weekly order that repeats sales already known.</summary>
    Paid,

    /// <summary>Shipped.</summary>
    Sent,

    /// <summary>Received.</summary>
    Arrived,

    /// <summary>Finished.</summary>
    Done,

    /// <summary>A Zero order whose goods went on into a weekly order.</summary>
    Closed,

    /// <summary>Cancelled: the sale no longer stands.</summary>
    Canceled,

    /// <summary>Deleted at the marketplace: the sale no longer stands, and never will again.</summary>
    Destroyed,
}
