namespace BrxSync.Simulator.Orders;

/// <summary>The states of an order, as the marketplace writes them.</summary>
public static class OrderStates
{
    /// <summary>The payment is not settled; not in the official list.</summary>
    public const string Pending = "pending";

    /// <summary>Sold over CardTrader Zero, waits for the weekly order.</summary>
    public const string HubPending = "hub_pending";

    /// <summary>A source of a weekly merge; only in the prose of the reference.</summary>
    public const string Closed = "closed";

    /// <summary>A direct order to be shipped, or the merged weekly order.</summary>
    public const string Paid = "paid";

    /// <summary>Shipped.</summary>
    public const string Sent = "sent";

    /// <summary>Received.</summary>
    public const string Arrived = "arrived";

    /// <summary>Reviewed or timed out.</summary>
    public const string Done = "done";

    /// <summary>Somebody asks to cancel; nothing is decided.</summary>
    public const string RequestForCancel = "request_for_cancel";

    /// <summary>Cancelled.</summary>
    public const string Canceled = "canceled";

    /// <summary>Cancelled, in the other spelling that occurs.</summary>
    public const string CancelledVariant = "cancelled";

    /// <summary>Lost on the way.</summary>
    public const string Lost = "lost";

    internal static bool IsCancelled(string state) => state is Canceled or CancelledVariant;
}
