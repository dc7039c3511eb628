using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>
/// When a report about an order was true, in CardTrader's clock. A webhook names a whole second; an order that we read ourselves was
/// seen at some instant of the request.
/// </summary>
internal readonly record struct OrderMoment(DateTimeOffset From, DateTimeOffset To)
{
    private static readonly TimeSpan RestOfTheSecond = TimeSpan.FromSeconds(1) - TimeSpan.FromMicroseconds(1);

    /// <summary>The second that a webhook's <c>time</c> names.</summary>
    public static OrderMoment OfWebhook(DateTimeOffset time) => new(time, time + RestOfTheSecond);

    /// <summary>The window in which we read the order.</summary>
    public static OrderMoment OfRead(SnapshotWindow window) => new(window.From, window.To);

    /// <summary>
    /// Gives what is left of this moment now. One that is still to come was told before a clock was set back: it was some time up to now,
    /// and neither earlier nor later than any other.
    /// </summary>
    public OrderMoment NoLaterThan(Present present) =>
        present.IsBefore(From) ? new OrderMoment(DateTimeOffset.UnixEpoch, present.Latest) : this;

    /// <summary>True when this moment is certainly earlier than the other. Of two that overlap, neither is.</summary>
    public bool IsBefore(OrderMoment other) => To < other.From;
}
