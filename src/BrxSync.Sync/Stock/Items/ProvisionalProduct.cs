using BrxSync.Client;

namespace BrxSync.Sync.Stock.Items;

/// <summary>
/// Stands for the product of an item that has none: one that is to be put on sale, or is kept here alone. It is the item's id below zero,
/// where no product of the marketplace is.
/// </summary>
internal static class ProvisionalProduct
{
    public static ProductId Of(long item) => new(-item);

    public static bool Is(ProductId product) => product.Value < 0;

    /// <summary>Gives the item that a provisional product stands for.</summary>
    public static long ItemOf(ProductId product) => -product.Value;
}
