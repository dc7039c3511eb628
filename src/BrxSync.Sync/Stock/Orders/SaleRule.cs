using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>
/// Rules R2, R3 and R5: what the sales of a product do to its item. They only ever lower it; what could raise it asks for a read.
/// </summary>
internal static class SaleRule
{
    /// <summary>Applies the changes of one product's sales to its item.</summary>
    public static StockEffect Apply(StockItem item, IEnumerable<SaleChange> changes, Present now)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(changes);

        var (certain, doubtful, reread) = (0, 0, false);
        foreach (var change in changes)
        {
            // R3: what stops counting raises nothing by itself. Whether the copies are back on sale is CardTrader's to say.
            reread |= change.TakesBack;

            foreach (var part in change.NewlyCounted)
            {
                // R2: a sale from before the last read is in the quantity that it gave.
                switch (SideOf(part, item.LastRead, now))
                {
                    case WindowSide.After:
                        certain += part.Quantity;
                        break;
                    case WindowSide.Inside:
                        doubtful += part.Quantity;
                        reread = true;
                        break;
                }
            }
        }

        // R5: only a sale that the last read cannot have seen proves that more was sold than there was.
        var oversold = Math.Max(0, certain - item.Quantity);
        var quantity = Math.Max(0, item.Quantity - certain - doubtful);
        return new StockEffect(Lowered(item, quantity), oversold, reread);
    }

    /// <summary>
    /// R11 for copies that are known to have been sold and may be on sale again: they are taken off until the read that
    /// <see cref="NeedsReread"/> asks for, unless the last one has seen their sale.
    /// </summary>
    public static StockItem Apply(StockItem item, SaleDoubt doubt, Present now)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(doubt);
        var taken = doubt.Sold.Where(part => SideOf(part, item.LastRead, now) != WindowSide.Before).Sum(part => part.Quantity);
        return Lowered(item, Math.Max(0, item.Quantity - taken));
    }

    /// <summary>
    /// R3 for a sale that is over, and for all that does not count: unless CardTrader was read after it was reported, the product is read
    /// again. This holds for sales that never counted here too, because the report of the sale may arrive after that of its end, and is
    /// outdated then.
    /// </summary>
    public static bool NeedsReread(StockItem? item, SaleDoubt doubt, Present now) =>
        item?.LastRead is not { } read || read.Window.From <= doubt.Moment.To || now.MayBeBefore(read.Window.From);

    /// <summary>
    /// A read that may be still to come was noted before a clock was set back: that a sale seems to be older than it proves nothing. Nor
    /// does it that a sale is younger which seems to be still to come itself.
    /// </summary>
    private static WindowSide SideOf(SalePart part, Reading? lastRead, Present now)
    {
        if (lastRead is not { } read)
        {
            return WindowSide.Inside;
        }

        var side = part.At.SideOf(read.Window);
        var isDoubtful = side == WindowSide.Before ? now.MayBeBefore(read.Window.From) : now.SeemsBefore(part.At.At);
        return isDoubtful ? WindowSide.Inside : side;
    }

    private static StockItem Lowered(StockItem item, int quantity) => quantity == item.Quantity
        ? item
        : item with { Quantity = quantity, Presence = item.Presence.At(quantity) };
}
