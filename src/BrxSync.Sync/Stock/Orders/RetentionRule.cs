using BrxSync.Client;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>
/// Which orders the books may forget: those of which nothing is left to be said that any read to come, or any report, could ask for. Heard
/// of again, a forgotten order is one that is seen for the first time: its sales count, and since they are older than the last read of
/// their products, they take nothing off.
/// </summary>
internal static class RetentionRule
{
    /// <summary>Says whether the books can do without an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="before">
    /// It must be older than this (CardTrader's clock): than the time that orders are kept, and than every read that is under way.
    /// </param>
    /// <param name="readSince">
    /// For a product, the instant from which the last read has not seen everything; null when there is none, or when a read, a change or a
    /// snapshot to come may still ask for the product's sales.
    /// </param>
    /// <remarks>
    /// An item of which nobody tells when it was sold stays: from a later report, it would seem to be sold at the time of that report, and
    /// be taken off once more. So does what a clock that was set back has left in doubt.
    /// </remarks>
    public static bool MayForget(OrderRecord order, DateTimeOffset before, Func<ProductId, DateTimeOffset?> readSince)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentNullException.ThrowIfNull(readSince);
        return order.ReportedUntil < before && order.Lines.All(line => line.At.IsExact && line.At.At < before
            && readSince(line.Sale.Product) is { } read && read > order.ReportedUntil && read > line.At.At);
    }
}
