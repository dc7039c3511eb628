using BrxSync.Client;

namespace BrxSync.Sync.Stock;

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
    /// <param name="changes">Our own changes of the product that are not known to be older than the read.</param>
    public static ReadOutcome Present(
        ProductId product, StockItem? item, Reading read, IEnumerable<SalePart> counted, IEnumerable<LocalChange> changes)
    {
        if (item?.LastRead is { } last && read.Window.From < last.Window.From)
        {
            return Outdated(item, read, last);
        }

        var since = Since.Sum(read.Window, counted, changes);
        var certain = read.Quantity - since.Sold + since.Adjusted;
        var quantity = since.Deleted ? 0 : Math.Max(0, certain - since.Doubtful);

        // What was changed here after CardTrader began to look is newer than its answer, and never raised by it.
        var capped = item is not null && item.ChangedLocallyAt >= read.Window.From && quantity > item.Quantity;
        quantity = capped ? item!.Quantity : quantity;
        return new ReadOutcome(new StockItem
        {
            Product = product,
            Quantity = quantity,
            Presence = Presence.Seen(quantity),
            LastRead = read,
            ChangedLocallyAt = item?.ChangedLocallyAt,
        })
        {
            Reread = since.Reread || capped,
            Oversold = since.Deleted ? 0 : Math.Max(0, -certain),
            KeptFields = since.Fields,
        };
    }

    /// <summary>
    /// Applies that a complete, verified snapshot lacks the product. Never call this for a withheld one: there, absence means nothing.
    /// </summary>
    public static ReadOutcome AbsentFromSnapshot(
        StockItem item, SnapshotWindow window, IEnumerable<SalePart> counted, IEnumerable<LocalChange> changes) =>
        Absent(item, window, counted, changes, item.Presence.AbsentFromSnapshot(item.Quantity, window));

    /// <summary>Applies that a read of the product's blueprint lacks the product: it is sold out.</summary>
    public static ReadOutcome AbsentFromReread(
        StockItem item, SnapshotWindow window, IEnumerable<SalePart> counted, IEnumerable<LocalChange> changes) =>
        Absent(item, window, counted, changes, item.Presence.At(0));

    private static ReadOutcome Absent(
        StockItem item, SnapshotWindow window, IEnumerable<SalePart> counted, IEnumerable<LocalChange> changes, Presence presence)
    {
        if (item.LastRead is { } last && window.From <= last.Window.From)
        {
            return Outdated(item, new Reading(window, 0), last);
        }

        // An item that no read has confirmed was created here, maybe after CardTrader began to look.
        if (item.LastRead is null && item.ChangedLocallyAt >= window.From)
        {
            return new ReadOutcome(item) { IsOutdated = true, Reread = true };
        }

        var since = Since.Sum(window, counted, changes);
        return new ReadOutcome(item with { Quantity = 0, Presence = presence, LastRead = new Reading(window, 0) })
        {
            Reread = since.Reread,
            Oversold = since.Deleted ? 0 : Math.Max(0, since.Sold - since.Adjusted),
            KeptFields = since.Fields,
        };
    }

    /// <summary>Of two reads that overlap neither is known to be the later one; where they differ, a third one decides.</summary>
    private static ReadOutcome Outdated(StockItem item, Reading read, Reading last) => new(item)
    {
        IsOutdated = true,
        Reread = read.Quantity != last.Quantity && read.Window.From != last.Window.From && read.Window.Overlaps(last.Window),
    };

    /// <summary>What happened to a product that a read has not seen, or may not have seen.</summary>
    private readonly record struct Since(int Sold, int Adjusted, int Doubtful, bool Deleted, ItemFields Fields, bool Reread)
    {
        public static Since Sum(SnapshotWindow window, IEnumerable<SalePart> counted, IEnumerable<LocalChange> changes)
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
