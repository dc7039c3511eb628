using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Stock;

/// <summary>
/// The steps of copies that are held back. How many there are is a number of its own, which no read changes: what the marketplace has and
/// what is held back make up all copies. Only where the marketplace turns out to lack copies that a change was to take do those held back
/// stand in for them.
/// </summary>
internal static class HoldingSteps
{
    /// <summary>Gives the safety stock that an item goes by.</summary>
    public static SafetyStock SafetyStockOf(this AccountBooks books, StockItem item)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(item);
        return item.SafetyStock ?? books.SafetyStock;
    }

    /// <summary>
    /// Gives how an edit divides an item's copies: how many more the marketplace gets, and how many more are held back. Copies that are
    /// taken put none on sale: that is a step of its own, once nothing is in doubt. Copies that are on their way here are not sent back
    /// before they have arrived: they may turn out not to be there.
    /// </summary>
    /// <param name="books">The account's books.</param>
    /// <param name="item">The item.</param>
    /// <param name="added">How many copies are added; 0 to move them only.</param>
    public static (int Listed, int HeldBack) Divide(this AccountBooks books, StockItem item, int added)
    {
        ArgumentNullException.ThrowIfNull(item);
        var held = books.Lacks(item, added);
        if (added < 0)
        {
            var taken = Math.Min(0, added - held);
            return (taken, added - taken);
        }

        held = Math.Max(held, -books.OnTheShelf(item));
        return (added - held, held);
    }

    /// <summary>Gives how many of the copies held back are here already: the others are still to be taken from the marketplace.</summary>
    public static int OnTheShelf(this AccountBooks books, StockItem item)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(item);
        return Math.Max(0, item.HeldBack - books.ChangesOf(item.Product).Sum(OnTheirWay));
    }

    /// <summary>
    /// Gives how many copies can be sold to a buyer now: all but those that are being taken off the marketplace at this moment, of which
    /// nobody knows where they are.
    /// </summary>
    public static int Sellable(this AccountBooks books, StockItem item)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(item);
        return item.Copies - Math.Min(
            item.HeldBack, books.ChangesOf(item.Product).Where(change => change.State != ChangeState.Waiting).Sum(OnTheirWay));
    }

    /// <summary>
    /// Gives how many more copies are to be held back as the safety stock asks for; fewer when negative. Of an item that is kept here
    /// alone, nothing is held back from anywhere.
    /// </summary>
    /// <param name="books">The account's books.</param>
    /// <param name="item">The item.</param>
    /// <param name="added">How many copies are added.</param>
    public static int Lacks(this AccountBooks books, StockItem item, int added = 0)
    {
        ArgumentNullException.ThrowIfNull(item);
        return books.IsForSale(item) ? books.SafetyStockOf(item).Of(item.Copies + added) - item.HeldBack : 0;
    }

    /// <summary>
    /// True when copies may be moved on their own: not while the number at the marketplace is in doubt, which may be lower here than there.
    /// </summary>
    public static bool IsAtRest(this AccountBooks books, ProductId product)
    {
        ArgumentNullException.ThrowIfNull(books);
        return !books.Rereads.ContainsKey(product) && !books.ChangesOf(product)
            .Any(change => change.State is ChangeState.Sent or ChangeState.InDoubt or ChangeState.Reserved);
    }

    /// <summary>Gives an item with what is known of whether its copies are divided as its safety stock asks for.</summary>
    public static StockItem Judged(this AccountBooks books, StockItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var hold = item.Hold == HoldState.GivenUp ? HoldState.GivenUp
            : !item.Presence.IsRemoved && books.Lacks(item) != 0 ? HoldState.Due
            : HoldState.Kept;
        return hold == item.Hold ? item : item with { Hold = hold };
    }

    /// <summary>
    /// Has copies that are held back stand in for those that changes were to take from the marketplace, and that others bought there.
    /// What a change is short of is noted with it, so that it is never made up for twice.
    /// </summary>
    /// <param name="books">The account's books.</param>
    /// <param name="item">The item.</param>
    /// <param name="shortage">By how many copies the marketplace's number would have gone below zero.</param>
    /// <param name="isNew">True when the shortage comes on top of what the changes are short of already.</param>
    /// <param name="unseen">Whether a change counts in that number.</param>
    /// <returns>The books, the item, and what is left of the shortage: an oversell.</returns>
    public static (AccountBooks Books, StockItem Item, int Left) Cover(
        this AccountBooks books, StockItem item, int shortage, bool isNew, Func<LocalChange, bool> unseen)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(item);
        var takers = shortage == 0 ? [] : books.TakersOf(item.Product, unseen);
        var left = Math.Max(0, shortage - (isNew ? 0 : takers.Sum(change => change.Short)));
        foreach (var taker in takers)
        {
            var more = Math.Clamp(-taker.Delta - taker.Short, 0, Math.Min(left, item.HeldBack));
            (books, item) = books.Lack(taker, item, taker.Short + more);
            left -= more;
        }

        return (books, item, left);
    }

    /// <summary>
    /// Gives back what stood in for copies of changes that wait, as far as the marketplace turns out to have them after all.
    /// </summary>
    /// <param name="books">The account's books.</param>
    /// <param name="item">The item.</param>
    /// <param name="shortage">By how many copies the marketplace's number would go below zero.</param>
    /// <param name="unseen">Whether a change counts in that number.</param>
    public static (AccountBooks Books, StockItem Item) Restore(
        this AccountBooks books, StockItem item, int shortage, Func<LocalChange, bool> unseen)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(item);
        var takers = books.TakersOf(item.Product, unseen);
        var back = takers.Sum(taker => taker.Short) - shortage;
        foreach (var taker in takers.Where(taker => taker.Short > 0))
        {
            var less = Math.Clamp(back, 0, taker.Short);
            books = less > 0 ? books.With(taker with { Short = taker.Short - less }) : books;
            item = less > 0 ? item with { HeldBack = item.HeldBack + less } : item;
            back -= less;
        }

        return (books, item);
    }

    /// <summary>
    /// Looks again at changes that were carried out: the marketplace takes what there is and no more, without a word. Sales from before
    /// then that are known only now tell what there was, and so does a product that is still there.
    /// </summary>
    /// <param name="books">The account's books.</param>
    /// <param name="product">The product.</param>
    /// <param name="cause">What there is news of.</param>
    public static AccountBooks Recount(this AccountBooks books, ProductId product, JournalCause cause)
    {
        ArgumentNullException.ThrowIfNull(books);
        var changes = books.ChangesOf(product).ToArray();
        if (!books.Items.TryGetValue(product, out var item) || (item.HeldBack == 0 && changes.All(change => change.Short == 0)))
        {
            return books;
        }

        var uncounted = books.Orders.EndedOf(product).Concat(books.Orders.UndecidedOf(product)).ToArray();
        foreach (var change in changes.Where(change => change is { Kind: ChangeKind.Adjust, Delta: < 0, State: ChangeState.Acknowledged }))
        {
            if (item.LastRead is { } read && TakingRule.HasTakenAll(change, read, uncounted))
            {
                books = books.With(change with { Short = 0 });
                item = item with { HeldBack = item.HeldBack + change.Short };
                continue;
            }

            var lacking = TakingRule.Lacking(change, books.Orders.CountedOf(product), uncounted, changes);
            (books, item) = books.Lack(change, item, Math.Max(change.Short, lacking));
        }

        return item == books.Items[product] ? books : books.Enter(item, cause, 0);
    }

    /// <summary>
    /// Takes back what a change has moved that was not carried out. What is uncertain is never added; a read restores the rest.
    /// </summary>
    /// <param name="books">The account's books.</param>
    /// <param name="change">The change.</param>
    /// <param name="isThere">Whether the marketplace has the product; null when nobody knows what became of the change.</param>
    public static AccountBooks TakeBack(this AccountBooks books, LocalChange change, bool? isThere)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(change);
        if (change.Kind != ChangeKind.Adjust || !books.Items.TryGetValue(change.Product, out var item))
        {
            return books;
        }

        if (isThere == false && change.Delta < 0)
        {
            (books, item) = books.Lack(change, item, -change.Delta);
        }
        else if (change.Moved > 0)
        {
            item = item with { HeldBack = Math.Max(0, item.HeldBack - Math.Max(0, change.Moved - change.Short)) };
        }
        else if (change.Moved < 0 && isThere is not null)
        {
            var listed = Math.Max(0, item.Quantity + change.Moved);
            item = item with { Quantity = listed, HeldBack = item.HeldBack - change.Moved, Presence = item.Presence.At(listed) };
        }

        item = change.Moved != 0 && isThere != false ? item with { Hold = HoldState.GivenUp } : item;
        return item == books.Items[change.Product] ? books : books.Enter(item, JournalCause.Edit, 0, Marked(change));
    }

    /// <summary>
    /// True for a change that the marketplace may have carried out by half, as long as sales from before then may still become known.
    /// </summary>
    public static bool MayBeShort(this AccountBooks books, LocalChange change)
    {
        ArgumentNullException.ThrowIfNull(books);
        return change is { Kind: ChangeKind.Adjust, Delta: < 0, State: ChangeState.Acknowledged, Baseline: not null }
            && books.Items.GetValueOrDefault(change.Product)?.HeldBack > 0 && books.OrdersKnownUntil < change.AnsweredAt;
    }

    /// <summary>Gives what the journal says to have changed beside the number of all copies.</summary>
    public static ItemFields Marked(LocalChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.Fields | (change.Moved != 0 ? ItemFields.HeldBack : ItemFields.None);
    }

    private static int OnTheirWay(LocalChange change) =>
        change is { Kind: ChangeKind.Adjust, State: ChangeState.Waiting or ChangeState.Sent or ChangeState.InDoubt }
            ? Math.Max(0, change.Moved - change.Short)
            : 0;

    private static bool IsForSale(this AccountBooks books, StockItem item) =>
        !ProvisionalProduct.Is(item.Product) || item.HeldBack > 0 || books.ChangesOf(item.Product)
            .Any(change => change is { Kind: ChangeKind.Create, State: ChangeState.Waiting or ChangeState.Sent or ChangeState.InDoubt });

    private static LocalChange[] TakersOf(this AccountBooks books, ProductId product, Func<LocalChange, bool> unseen) =>
    [
        .. books.ChangesOf(product).Where(change => change is { Kind: ChangeKind.Adjust, Delta: < 0 } && unseen(change))
            .OrderByDescending(change => change.Sequence),
    ];

    private static (AccountBooks Books, StockItem Item) Lack(this AccountBooks books, LocalChange change, StockItem item, int copies)
    {
        var more = Math.Min(copies - change.Short, item.HeldBack);
        return more <= 0
            ? (books, item)
            : (books.With(books.Changes[change.Id] with { Short = change.Short + more }), item with { HeldBack = item.HeldBack - more });
    }
}
