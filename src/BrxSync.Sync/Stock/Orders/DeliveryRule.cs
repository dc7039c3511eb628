namespace BrxSync.Sync.Stock.Orders;

/// <summary>Which webhook deliveries may touch the stock at all.</summary>
internal static class DeliveryRule
{
    /// <summary>The cause of a delivery about a deleted order. Such a delivery has no order inside.</summary>
    public const string Destroy = "order.destroy";

    /// <summary>True for a delivery that was sent to test the address.</summary>
    public static bool IsTest(string? mode) => string.Equals(mode, "test", StringComparison.OrdinalIgnoreCase);

    /// <summary>Judges a delivery.</summary>
    /// <param name="cause">The delivery's cause.</param>
    /// <param name="mode">The delivery's mode.</param>
    /// <param name="report">The order inside; null when there is none. That of a deleted order says so in its state.</param>
    public static DeliveryVerdict Judge(string? cause, string? mode, OrderReport? report) => (cause, report) switch
    {
        _ when IsTest(mode) => DeliveryVerdict.TestMode,
        (not ("order.create" or "order.update" or Destroy), _) => DeliveryVerdict.UnknownCause,
        (_, { IsPurchase: true }) => DeliveryVerdict.Purchase,
        (_, null) => DeliveryVerdict.FetchFirst,
        _ => DeliveryVerdict.Apply,
    };
}
