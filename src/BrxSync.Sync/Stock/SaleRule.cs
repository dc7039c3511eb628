using System.Collections.Immutable;

namespace BrxSync.Sync.Stock;

/// <summary>
/// Rules R2, R3 and R5: what the sales of a product do to its item. They only ever lower it; what could raise it asks for a read.
/// </summary>
internal static class SaleRule
{
    /// <summary>Applies the changes of one product's sales to its item.</summary>
    public static StockEffect Apply(StockItem item, IEnumerable<SaleChange> changes)
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
                switch (SideOf(part, item.LastRead))
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
    /// R3 for a sale that is over: unless CardTrader was read after it ended, the product is read again. This holds for sales that
    /// never counted here too, because the report of the sale may arrive after that of its end, and is outdated then.
    /// </summary>
    public static bool NeedsReread(StockItem? item, EndedSale ended) =>
        item?.LastRead is not { } read || read.Window.From <= ended.Moment.To;

    private static WindowSide SideOf(SalePart part, Reading? lastRead) =>
        lastRead is { } read ? part.At.SideOf(read.Window) : WindowSide.Inside;

    private static StockItem Lowered(StockItem item, int quantity) => quantity == item.Quantity
        ? item
        : item with { Quantity = quantity, Presence = item.Presence.At(quantity) };
}
