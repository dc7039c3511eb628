using BrxSync.Client;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;

namespace BrxSync.Sync.Stock;

/// <summary>The steps of our own changes: they are made here, gathered, sent, answered, and found again.</summary>
internal static class LocalChangeSteps
{
    /// <summary>Makes a change on our side: the item, the journal and, if it is to be sent, the change itself, which now waits.</summary>
    /// <param name="books">The account's books.</param>
    /// <param name="change">The change.</param>
    /// <param name="now">The instant of this step.</param>
    /// <param name="isSent">Whether it is to be sent: false for an item that is kept here alone.</param>
    /// <exception cref="InvalidOperationException">The product is not ours, or more is taken than there is.</exception>
    public static AccountBooks Edit(this AccountBooks books, LocalChange change, DateTimeOffset now, bool isSent = true)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(change);
        if (!books.Items.TryGetValue(change.Product, out var item) || item.Quantity + change.Delta < 0)
        {
            throw new InvalidOperationException($"Product {change.Product.Value} cannot change by {change.Delta}.");
        }

        var quantity = item.Quantity + change.Delta;
        var changed = change.Kind switch
        {
            ChangeKind.SetFields => item,
            ChangeKind.Delete => item with { Quantity = 0, ChangedLocallyAt = now, Presence = Presence.Removed(now) },
            _ => item with { Quantity = quantity, ChangedLocallyAt = now, Presence = item.Presence.At(quantity) },
        };
        return books.With(change with { State = isSent ? ChangeState.Waiting : ChangeState.LocalOnly })
            .Enter(changed, JournalCause.Edit, 0, change.Fields);
    }

    /// <summary>Makes an item that is to be put on sale. Until it is, a provisional product stands for it.</summary>
    /// <param name="books">The account's books.</param>
    /// <param name="change">The change, of the provisional product.</param>
    /// <param name="quantity">How many copies there are.</param>
    /// <param name="isSent">Whether it is to be sent: false where there is no marketplace to send it to.</param>
    /// <param name="now">The instant of this step.</param>
    public static AccountBooks Offer(this AccountBooks books, LocalChange change, int quantity, bool isSent, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(change);
        return books.With(change with { State = isSent ? ChangeState.Waiting : ChangeState.LocalOnly }).Enter(
            new StockItem { Product = change.Product, Quantity = quantity, ChangedLocallyAt = now, Presence = Presence.Seen(quantity) },
            JournalCause.Edit,
            0,
            ItemFields.Price);
    }

    /// <summary>Has something sent that is so here already.</summary>
    public static AccountBooks Queue(this AccountBooks books, LocalChange change)
    {
        ArgumentNullException.ThrowIfNull(books);
        ArgumentNullException.ThrowIfNull(change);
        return books.With(change with { State = ChangeState.Waiting });
    }

    /// <summary>Makes as few calls as possible of the changes of a product that wait.</summary>
    /// <param name="books">The account's books.</param>
    /// <param name="product">The product.</param>
    /// <param name="takenBack">The fields that have the value again that they had before the first of those changes.</param>
    public static AccountBooks Gather(this AccountBooks books, ProductId product, ItemFields takenBack = ItemFields.None)
    {
        ArgumentNullException.ThrowIfNull(books);
        var gathered = GatherRule.Gather(books.ChangesOf(product), takenBack).Select(change => KeyValuePair.Create(change.Id, change));
        return books with { Changes = books.Changes.SetItems(gathered) };
    }

    /// <summary>
    /// Notes that a change is about to be sent. This is stored before the first byte leaves. Of a product that is put on sale, what is
    /// sent is what there is now.
    /// </summary>
    /// <param name="books">The account's books.</param>
    /// <param name="id">The change.</param>
    /// <param name="now">The instant of this step.</param>
    /// <param name="baseline">What CardTrader said for this very change; null to go by the last read.</param>
    /// <exception cref="InvalidOperationException">Another change of the product is on its way or in doubt.</exception>
    public static AccountBooks Send(this AccountBooks books, Guid id, DateTimeOffset now, Reading? baseline = null)
    {
        ArgumentNullException.ThrowIfNull(books);
        var change = books.Changes[id];
        var ofTheProduct = books.ChangesOf(change.Product).ToArray();
        if (!PushRule.MaySend(change, ofTheProduct) && !(change.State == ChangeState.Reserved && PushRule.IsFree(change, ofTheProduct)))
        {
            throw new InvalidOperationException($"Change {id} waits until another one of the same product is decided.");
        }

        var item = books.Items.GetValueOrDefault(change.Product);
        return books.With(change with
        {
            State = ChangeState.Sent,
            SentAt = now,
            AnsweredAt = null,
            Baseline = baseline ?? item?.LastRead,
            Delta = change.Kind == ChangeKind.Create ? item?.Quantity ?? 0 : change.Delta,
        });
    }

    /// <summary>Applies how sending a change ended (R8).</summary>
    public static AccountBooks Answer(this AccountBooks books, Guid id, SendOutcome outcome, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(books);
        var change = books.Changes[id];
        if (change.IsReservation && outcome is not (SendOutcome.Done or SendOutcome.AnswerLost))
        {
            return outcome == SendOutcome.NotThere ? books.ReleaseGone(id, now) : books.Release(id, now);
        }

        var state = PushRule.After(change.Kind, outcome, books.Items.GetValueOrDefault(change.Product)?.Quantity ?? 0);

        // A change that may be repeated may have had its effect on an earlier try: that it was sent once is never forgotten.
        var wasNeverSent = outcome == SendOutcome.NotSent && !change.Kind.IsRepeatable();
        var answered = state == ChangeState.Waiting
            ? change with { State = state, SentAt = wasNeverSent ? null : change.SentAt, Baseline = null }
            : change with { State = state, AnsweredAt = state == ChangeState.InDoubt ? null : now };
        var after = books.With(answered).KeepHere(answered);
        return PushRule.NeedsReread(outcome) && !ProvisionalProduct.Is(change.Product) ? after.Ask(change.Product, now) : after;
    }

    /// <summary>Gives up a change that was tried often enough: it had no effect that is known of, and a read shows what there is.</summary>
    public static AccountBooks GiveUp(this AccountBooks books, Guid id, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(books);
        var change = books.Changes[id];
        var failed = change with { State = ChangeState.Failed, AnsweredAt = now };
        var given = books.With(failed).KeepHere(failed);
        return ProvisionalProduct.Is(change.Product) ? given : given.Ask(change.Product, now);
    }

    /// <summary>Withdraws what waits for a product that was never put on sale and has no copies left.</summary>
    public static AccountBooks Withdraw(this AccountBooks books, ProductId product)
    {
        ArgumentNullException.ThrowIfNull(books);
        return books.ChangesOf(product).Where(change => change.State == ChangeState.Waiting)
            .Aggregate(books, (all, change) => all.With(change with { State = ChangeState.Superseded }));
    }

    /// <summary>
    /// Applies that a product that was put on sale is known by its id now. CardTrader may have added it to an equal product that we have
    /// already: then both items become one.
    /// </summary>
    /// <param name="books">The account's books.</param>
    /// <param name="id">The change that put it on sale.</param>
    /// <param name="product">The product.</param>
    /// <param name="withdrawal">
    /// Names the change that takes the copies back, should the item have been deleted here meanwhile and its product be shared: other
    /// copies of it stay on sale.
    /// </param>
    /// <param name="now">The instant of this step: when the answer was there.</param>
    public static AccountBooks Link(this AccountBooks books, Guid id, ProductId product, Guid withdrawal, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(books);
        var listed = books.Changes[id] with { State = ChangeState.Acknowledged, AnsweredAt = now };
        var provisional = listed.Product;
        var known = books.Items.GetValueOrDefault(product);
        books = known is null ? books : books.TakeBack(listed, withdrawal);
        var waiting = books.ChangesOf(provisional).Where(change => change.Id != id).ToArray();
        var own = books.Items.GetValueOrDefault(provisional);
        var quantity = known is null ? own?.Quantity ?? 0 : Merged(known, listed, waiting);
        books = own is null
            ? books
            : books.Enter(own with { Quantity = 0, Presence = Presence.Removed(now), ChangedLocallyAt = now }, JournalCause.Edit, 0);
        books = books.Enter(
            known is null
                ? new StockItem
                {
                    Product = product,
                    Quantity = quantity,
                    ChangedLocallyAt = now,
                    Presence = own?.Presence.IsRemoved == true ? own.Presence : Presence.Seen(quantity),
                }
                : known with { Quantity = quantity, ChangedLocallyAt = now, Presence = known.Presence.At(quantity) },
            JournalCause.Edit,
            0,
            known is null ? ItemFields.Price : ItemFields.None);
        books = known is null ? books with { Links = books.Links.SetItem(provisional, product) } : books;
        return waiting.Append(listed).Aggregate(books, (all, change) => all.With(change with { Product = product })).Ask(product, now);
    }

    /// <summary>Applies that the last copies of a product were sold before it was known by its id.</summary>
    public static AccountBooks SellOut(this AccountBooks books, ProductId product)
    {
        ArgumentNullException.ThrowIfNull(books);
        return books.Enter(books.Items[product] with { Quantity = 0, Presence = Presence.SoldOut }, JournalCause.Sale, 0);
    }

    /// <summary>A read that may have seen the copies that were added has counted them: never twice (R11).</summary>
    private static int Merged(StockItem known, LocalChange listed, IEnumerable<LocalChange> waiting)
    {
        var isUnseen = known.LastRead is not { } read || listed.SideOf(read.Window) == WindowSide.After;
        var adjusted = waiting.Where(change => change is { Kind: ChangeKind.Adjust, State: ChangeState.Waiting })
            .Sum(change => change.Delta);
        return Math.Max(0, known.Quantity + (isUnseen ? listed.Delta : 0) + adjusted);
    }

    /// <summary>Takes the copies of a listing back in place of deleting the product that they were added to.</summary>
    private static AccountBooks TakeBack(this AccountBooks books, LocalChange listed, Guid withdrawal)
    {
        var waiting = books.ChangesOf(listed.Product).Where(change => change.State == ChangeState.Waiting).ToArray();
        return !waiting.Any(change => change.Kind == ChangeKind.Delete)
            ? books
            : waiting.Aggregate(books, (all, change) => all.With(change with { State = ChangeState.Superseded, MergedInto = withdrawal }))
                .With(new LocalChange { Id = withdrawal, Product = listed.Product, Kind = ChangeKind.Adjust, Delta = -listed.Delta });
    }

    /// <summary>What waits behind a product that was not put on sale has nowhere to go: the item is kept here alone.</summary>
    private static AccountBooks KeepHere(this AccountBooks books, LocalChange failed) =>
        failed is not { Kind: ChangeKind.Create, State: ChangeState.Failed }
            ? books
            : books.ChangesOf(failed.Product).Where(change => change.State == ChangeState.Waiting)
                .Aggregate(books, (all, change) => all.With(change with { State = ChangeState.LocalOnly }));

    internal static AccountBooks With(this AccountBooks books, LocalChange change) =>
        books with { Changes = books.Changes.SetItem(change.Id, change) };
}
