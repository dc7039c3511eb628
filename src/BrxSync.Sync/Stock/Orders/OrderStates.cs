namespace BrxSync.Sync.Stock.Orders;

/// <summary>What the states of an order mean for stock.</summary>
internal static class OrderStates
{
    /// <summary>Reads the text of a state. States are an open set: what is not known is <see cref="OrderState.Unknown"/>.</summary>
    public static OrderState Parse(string? text) => text?.Trim().ToLowerInvariant() switch
    {
        "pending" => OrderState.Pending,
        "request_for_cancel" => OrderState.RequestForCancel,
        "lost" => OrderState.Lost,
        "hub_pending" => OrderState.HubPending,
        "paid" => OrderState.Paid,
        "sent" => OrderState.Sent,
        "arrived" => OrderState.Arrived,
        "done" => OrderState.Done,
        "closed" => OrderState.Closed,
        "canceled" or "cancelled" => OrderState.Canceled,
        _ => OrderState.Unknown,
    };

    /// <summary>True for a state that says whether the sale stands. The others change nothing, whenever they arrive.</summary>
    public static bool Decides(this OrderState state) => state >= OrderState.HubPending;

    /// <summary>True for a state in which the sale no longer stands.</summary>
    public static bool Ends(this OrderState state) => state >= OrderState.Canceled;

    /// <summary>True for the states that a direct order, and a weekly Zero order, runs through after payment.</summary>
    public static bool IsPaidOrLater(this OrderState state) => state is >= OrderState.Paid and <= OrderState.Done;
}
