using BrxSync.Client;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Stock.Reads;

/// <summary>
/// Rules R4 and R6: what a read of CardTrader's stock does to an item. The answer is absolute, but it describes an instant that is
/// already over: what was sold or changed since then is taken into account again.
/// </summary>
internal static class ReadRule
{
    /// <summary>Applies that a read holds the product.</summary>
    /// <param name="product">The product.</param>
    /// <param name="item">Our item; null for a product that we do not have yet.</param>
    /// <param name="read">What CardTrader says, and when.</param>
    /// <param name="counted">What counts of the product's sales.</param>
    /// <param name="ended">What is known of its sales that are over.</param>
    /// <param name="changes">Our own changes of the product that are not known to be older than the read.</param>
    /// <param name="order">How the read stands to the item's last one, where more than the windows is known; null to judge by them.</param>
    public static ReadOutcome Present(
        ProductId product,
        StockItem? item,
        Reading read,
        IEnumerable<SalePart> counted,
        IEnumerable<SalePart> ended,
        IEnumerable<LocalChange> changes,
        ReadOrder? order = null)
    {
        var place = order ?? OrderOf(item, read.Window);
        if (place == ReadOrder.Earlier)
        {
            return new ReadOutcome(item!) { IsOutdated = true };
        }

        var since = Since.Sum(read.Window, counted, ended, changes);
        var certain = read.Quantity - since.Sold + since.Adjusted;
        var quantity = since.Deleted ? 0 : Math.Max(0, certain - since.Doubtful);

        // R11: of two reads that may be either way round and do not agree, the smaller number stands until a third one decides.
        var disagrees = place != ReadOrder.Later && item!.LastRead!.Value.Quantity != read.Quantity;
        if (place == ReadOrder.UnknownBegunEarlier)
        {
            return Disputed(item!, disagrees, disagrees ? quantity : item!.Quantity);
        }

        // What was changed here after CardTrader began to look is newer than its answer, and never raised by it.
        var capped = item is not null && quantity > item.Quantity && (disagrees || item.ChangedLocallyAt >= read.Window.From);
        quantity = capped ? item!.Quantity : quantity;
        return new ReadOutcome(new StockItem
        {
            Product = product,
            Quantity = quantity,
            Presence = since.Deleted ? Presence.Removed(item?.Presence.MissingSince ?? read.Window.From) : Presence.Seen(quantity),
            LastRead = read,
            ChangedLocallyAt = item?.ChangedLocallyAt,
            HeldBack = item?.HeldBack ?? 0,
            SafetyStock = item?.SafetyStock,
            Hold = item?.Hold ?? HoldState.Kept,
        })
        {
            Reread = since.Reread || capped || disagrees,
            Oversold = since.Deleted ? 0 : Math.Max(0, -certain),
            KeptFields = since.Fields,
        };
    }

    /// <summary>
    /// Applies that a complete, verified snapshot lacks the product. Never call this for a withheld one: there, absence means nothing.
    /// </summary>
    public static ReadOutcome AbsentFromSnapshot(
        StockItem item,
        SnapshotWindow window,
        IEnumerable<SalePart> counted,
        IEnumerable<SalePart> ended,
        IEnumerable<LocalChange> changes,
        ReadOrder? order = null) =>
        Absent(item, window, counted, ended, changes, item.Presence.AbsentFromSnapshot(item.Quantity, window, item.HeldBack), order);

    /// <summary>Applies that a read of the product's blueprint lacks the product: it is sold out.</summary>
    public static ReadOutcome AbsentFromReread(
        StockItem item,
        SnapshotWindow window,
        IEnumerable<SalePart> counted,
        IEnumerable<SalePart> ended,
        IEnumerable<LocalChange> changes) =>
        Absent(item, window, counted, ended, changes, item.Presence.At(0), null);

    private static ReadOutcome Absent(
        StockItem item,
        SnapshotWindow window,
        IEnumerable<SalePart> counted,
        IEnumerable<SalePart> ended,
        IEnumerable<LocalChange> changes,
        Presence presence,
        ReadOrder? order)
    {
        var place = order ?? OrderOf(item, window);
        if (place == ReadOrder.Earlier || item.LastRead?.Window == window)
        {
            return new ReadOutcome(item) { IsOutdated = true };
        }

        var disagrees = place != ReadOrder.Later && item.LastRead!.Value.Quantity > 0;
        if (place == ReadOrder.UnknownBegunEarlier)
        {
            return Disputed(item, disagrees, disagrees ? 0 : item.Quantity);
        }

        // An item that no read has confirmed was created here, maybe after CardTrader began to look.
        if (item.LastRead is null && item.ChangedLocallyAt >= window.From)
        {
            return new ReadOutcome(item) { IsOutdated = true, Reread = true };
        }

        var since = Since.Sum(window, counted, ended, changes);
        return new ReadOutcome(item with { Quantity = 0, Presence = presence, LastRead = new Reading(window, 0) })
        {
            Reread = since.Reread || disagrees,
            Oversold = since.Deleted ? 0 : Math.Max(0, since.Sold - since.Adjusted),
            KeptFields = since.Fields,
        };
    }

    /// <summary>Keeps the last read, with the smaller of both numbers.</summary>
    private static ReadOutcome Disputed(StockItem item, bool disagrees, int quantity)
    {
        var least = Math.Min(quantity, item.Quantity);
        return new(least == item.Quantity ? item : item with { Quantity = least, Presence = item.Presence.At(least) })
        {
            IsOutdated = true,
            Reread = disagrees,
        };
    }

    private static ReadOrder OrderOf(StockItem? item, SnapshotWindow window) => item?.LastRead?.Window switch
    {
        null => ReadOrder.Later,
        { } last when window.To < last.From => ReadOrder.Earlier,
        { } last when window.From > last.To => ReadOrder.Later,
        { } last => window.From >= last.From ? ReadOrder.UnknownBegunLater : ReadOrder.UnknownBegunEarlier,
    };

    /// <summary>What happened to a product that a read has not seen, or may not have seen.</summary>
    private readonly record struct Since(int Sold, int Adjusted, int Doubtful, bool Deleted, ItemFields Fields, bool Reread)
    {
        public static Since Sum(
            SnapshotWindow window, IEnumerable<SalePart> counted, IEnumerable<SalePart> ended, IEnumerable<LocalChange> changes)
        {
            var since = default(Since);
            foreach (var part in counted)
            {
                since = part.At.SideOf(window) switch
                {
                    WindowSide.After => since with { Sold = since.Sold + part.Quantity },
                    WindowSide.Inside => since with { Doubtful = since.Doubtful + part.Quantity, Reread = true },
                    _ => since,
                };
            }

            // R11: sold since, or maybe since, and over: the copies may be on sale again or not. The smaller stock is the safe one.
            foreach (var part in ended.Where(part => part.At.SideOf(window) != WindowSide.Before))
            {
                since = since with { Doubtful = since.Doubtful + part.Quantity, Reread = true };
            }

            foreach (var change in changes)
            {
                var side = change.SideOf(window);
                since = (change.Kind, side) switch
                {
                    (_, null or WindowSide.Before) => since,
                    (ChangeKind.Adjust, WindowSide.After) => since with { Adjusted = since.Adjusted + change.Delta },

                    // In doubt the smaller stock is the safe one: what may be gone is taken off, what may be new is not added.
                    (ChangeKind.Adjust, _) => since with { Doubtful = since.Doubtful + Math.Max(0, -change.Delta), Reread = true },
                    (ChangeKind.Delete, _) => since with { Deleted = true, Reread = since.Reread || side == WindowSide.Inside },
                    _ => since with { Fields = since.Fields | change.Fields, Reread = since.Reread || side == WindowSide.Inside },
                };
            }

            return since;
        }
    }
}
