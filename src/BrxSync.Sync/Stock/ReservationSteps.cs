using BrxSync.Client;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Reads;

namespace BrxSync.Sync.Stock;

/// <summary>
/// The steps of a purchase: its copies are taken here, then at the marketplace. Where they cannot be had there, they are given back: that
/// undoes our own step and is, beside reads and edits, all that ever raises a quantity.
/// </summary>
internal static class ReservationSteps
{
    /// <summary>
    /// Takes the copies of a purchase from the stock here: first those that are held back and on the shelf, which are certain to be there.
    /// Only the rest is taken at the marketplace.
    /// </summary>
    /// <param name="books">The account's books.</param>
    /// <param name="change">The purchase, as an adjustment that takes copies.</param>
    /// <param name="now">The instant of this step.</param>
    /// <exception cref="InvalidOperationException">The product is not ours, or has fewer copies.</exception>
    public static AccountBooks Reserve(this AccountBooks books, LocalChange change, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(change);
        if (change is not { Kind: ChangeKind.Adjust, Delta: < 0 }
            || !books.Items.TryGetValue(change.Product, out var item) || books.Sellable(item) + change.Delta < 0)
        {
            throw new InvalidOperationException($"Of product {change.Product.Value}, {-change.Delta} copies cannot be reserved.");
        }

        var held = Math.Min(books.OnTheShelf(item), -change.Delta);
        var reserved = change with { Delta = change.Delta + held, HeldBack = -held, IsReservation = true };
        item = item with { HeldBack = item.HeldBack - held };
        if (reserved.Delta == 0)
        {
            return books.With(reserved with { State = ChangeState.LocalOnly }).Enter(item, JournalCause.Edit, 0);
        }

        // What is not on sale any more is on its way here: so many copies fewer are to be taken.
        (books, item, _) = books.Cover(
            item, Math.Max(0, -reserved.Delta - item.Quantity), isNew: true, other => other.State == ChangeState.Waiting);
        return books.With(reserved with { State = ChangeState.Reserved })
            .Enter(At(item, Math.Max(0, item.Quantity + reserved.Delta), now), JournalCause.Edit, 0);
    }

    /// <summary>
    /// Notes that changes were answered before a read was begun: it has seen them, whatever clocks say. Without it, each purchase would
    /// leave those of the next seconds in doubt.
    /// </summary>
    /// <param name="books">The account's books.</param>
    /// <param name="answered">The changes that were known to be answered when the read was begun.</param>
    /// <param name="window">When CardTrader looked.</param>
    public static AccountBooks SeenBy(this AccountBooks books, IReadOnlySet<Guid> answered, SnapshotWindow window)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(answered);
        var before = window.From.AddMicroseconds(-1);
        return books.Changes.Values
            .Where(change => answered.Contains(change.Id) && change.State == ChangeState.Acknowledged && change.AnsweredAt > before)
            .Aggregate(books, (all, change) => all.With(
                change with { SentAt = change.SentAt > before ? before : change.SentAt, AnsweredAt = before }));
    }

    /// <summary>Gives the copies of a purchase back that did not come about, and has the product read.</summary>
    public static AccountBooks Release(this AccountBooks books, Guid id, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(books);
        return books.GiveBack(id, now).Ask(books.Changes[id].Product, now);
    }

    /// <summary>
    /// Gives the copies of a purchase back within a step that applies a read of the product. No more than the last read and all that is
    /// known since leave: sales may have taken the copies meanwhile.
    /// </summary>
    public static AccountBooks GiveBack(this AccountBooks books, Guid id, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(books);
        var change = books.Changes[id];
        var released = books.With(change with { State = ChangeState.Superseded });
        if (!released.Items.TryGetValue(change.Product, out var item) || item.Presence.IsRemoved)
        {
            return released;
        }

        item = Held(item, change);
        var most = item.Quantity - change.Delta;
        if (item.LastRead is { } read)
        {
            var left = released.LeftOf(item, read);
            (released, item) = released.Restore(item, left.Oversold, other => other.SideOf(read.Window) == WindowSide.After);
            most = Math.Min(most, left.Item.Quantity);
        }

        return released.Enter(At(item, Math.Max(item.Quantity, most), now), JournalCause.Release, 0);
    }

    /// <summary>Applies that the product of a purchase does not exist at the marketplace: nothing can be sold of it.</summary>
    public static AccountBooks ReleaseGone(this AccountBooks books, Guid id, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(books);
        var change = books.Changes[id];
        var released = books.With(change with { State = ChangeState.Superseded }).Ask(change.Product, now);
        return released.Items.TryGetValue(change.Product, out var item)
            ? released.Enter(At(Held(item, change), 0, now), JournalCause.Absence, 0)
            : released;
    }

    /// <summary>What the last read of a product, and what is known since, leave of it.</summary>
    private static ReadOutcome LeftOf(this AccountBooks books, StockItem item, Reading read) => ReadRule.Present(
        item.Product,
        null,
        read,
        books.Orders.CountedOf(item.Product),
        books.Orders.EndedOf(item.Product),
        books.ChangesOf(item.Product));

    private static StockItem Held(StockItem item, LocalChange released) =>
        item with { HeldBack = item.HeldBack - released.HeldBack + released.Short };

    private static StockItem At(StockItem item, int quantity, DateTimeOffset now) =>
        item with { Quantity = quantity, ChangedLocallyAt = now, Presence = item.Presence.At(quantity) };
}
