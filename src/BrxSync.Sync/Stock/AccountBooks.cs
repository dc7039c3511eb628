using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;
using BrxSync.Sync.Stock.Reads;

namespace BrxSync.Sync.Stock;

/// <summary>
/// All that the stock of one account depends on, and every step that can change it: the rules put together, without a database. The
/// engine loads the slice of it that a step concerns, takes the step, and saves the differences, one transaction a step. Only the mass of
/// a snapshot, the products that nothing else happened to, is applied in SQL.
/// </summary>
/// <remarks>Every <c>now</c> is the instant at which a step is done, in CardTrader's clock. A request for a read is named by the instant at
/// which it was asked, but whether a read meets it is no question of clocks: it does if it was begun when the request was
/// known already.</remarks>
internal sealed record AccountBooks
{
    /// <summary>An account that was connected a moment ago.</summary>
    public static AccountBooks Empty { get; } = new();

    /// <summary>The orders, and what counts of them.</summary>
    public OrderBook Orders { get; init; } = OrderBook.Empty;

    /// <summary>All orders up to this instant are known, because they were polled then.</summary>
    public DateTimeOffset OrdersKnownUntil { get; init; }

    /// <summary>The linked items.</summary>
    public ImmutableDictionary<ProductId, StockItem> Items { get; init; } = ImmutableDictionary<ProductId, StockItem>.Empty;

    /// <summary>Our own changes: those on their way, and those that arrived after the last read began.</summary>
    public ImmutableDictionary<Guid, LocalChange> Changes { get; init; } = ImmutableDictionary<Guid, LocalChange>.Empty;

    /// <summary>Our own changes that every later read will have seen, as they were last.</summary>
    public ImmutableDictionary<Guid, LocalChange> Forgotten { get; init; } = ImmutableDictionary<Guid, LocalChange>.Empty;

    /// <summary>
    /// Products to read again, with the instant at which that was asked last; no two requests for a product have the same. Only a read that
    /// was begun later will do. A product without an item can be here too, while the first snapshot is still under way.
    /// </summary>
    public ImmutableDictionary<ProductId, DateTimeOffset> Rereads { get; init; } = ImmutableDictionary<ProductId, DateTimeOffset>.Empty;

    /// <summary>Blueprints to read again, for sales that name no product.</summary>
    public ImmutableHashSet<BlueprintId> RereadBlueprints { get; init; } = [];

    /// <summary>Orders to fetch by their ids.</summary>
    public ImmutableHashSet<OrderId> Fetches { get; init; } = [];

    /// <summary>
    /// The window of the last snapshot that was applied; null before the first. One run of an account follows the other, whatever
    /// clocks say of their windows.
    /// </summary>
    public SnapshotWindow? LastSnapshot { get; init; }

    /// <summary>The end of the last snapshot that was withheld, if none was applied since.</summary>
    public DateTimeOffset? WithheldTo { get; init; }

    /// <summary>Provisional products, and the products that their items are from now on.</summary>
    public ImmutableDictionary<ProductId, ProductId> Links { get; init; } = ImmutableDictionary<ProductId, ProductId>.Empty;

    /// <summary>Every raise and fall, and every edit of a field, oldest first.</summary>
    public ImmutableList<QuantityChange> Journal { get; init; } = [];

    /// <summary>What people should know.</summary>
    public ImmutableHashSet<OrderNotice> Notices { get; init; } = [];

    /// <summary>The fields that keep their value here although a read said another, because a change of them is on its way.</summary>
    public ImmutableDictionary<ProductId, ItemFields> KeptFields { get; private init; } = ImmutableDictionary<ProductId, ItemFields>.Empty;

    /// <summary>What became of the last report about an order.</summary>
    public OrderDisposition LastDisposition { get; private init; }

    /// <summary>Applies a report about an order (R1, R2, R3, R5).</summary>
    public AccountBooks Apply(OrderReport report, Present now)
    {
        ArgumentNullException.ThrowIfNull(report);
        var books = NoLaterThan(now);
        books = report.IsDetail ? books with { Fetches = Fetches.Remove(report.Id) } : books;
        return books.Follow(books.Orders.Apply(report.NoLaterThan(now), now), now);
    }

    /// <summary>Applies that the marketplace does not know an order.</summary>
    public AccountBooks ApplyNotFound(OrderId order, OrderMoment moment, Present now)
    {
        var books = NoLaterThan(now) with { Fetches = Fetches.Remove(order) };
        return books.Follow(books.Orders.ApplyNotFound(order, moment.NoLaterThan(now), now), now);
    }

    /// <summary>Notes that all orders up to an instant have been read and applied.</summary>
    public AccountBooks WithOrdersKnownUntil(DateTimeOffset instant) =>
        instant > OrdersKnownUntil ? this with { OrdersKnownUntil = instant } : this;

    /// <summary>Applies a complete export (R4, R6, R7).</summary>
    /// <param name="window">When CardTrader looked.</param>
    /// <param name="rows">The readable rows: each product with its quantity.</param>
    /// <param name="verdict">What the guard allows.</param>
    /// <param name="known">The requests for reads that were known when it was begun; it meets them.</param>
    /// <param name="now">The instant of this step.</param>
    public AccountBooks ApplySnapshot(
        SnapshotWindow window,
        IReadOnlyDictionary<ProductId, int> rows,
        SnapshotVerdict verdict,
        IReadOnlyDictionary<ProductId, DateTimeOffset> known,
        Present now)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(known);
        if (!verdict.MayApplyRows)
        {
            return this;
        }

        var books = NoLaterThan(now);
        books = Orders.Start is null ? books with { Orders = books.Orders.StartAt(window.From) } : books;
        books = rows.Aggregate(books, (before, row) => before.ApplyPresent(row.Key, new Reading(window, row.Value), true, known, now));
        return !verdict.MayRemove
            ? books with { WithheldTo = window.To }
            : Items.Keys.Union(Rereads.Keys).Where(product => !rows.ContainsKey(product))
                .Aggregate(books, (before, product) => before.ApplyAbsence(product, window, true, known, now)) with
                {
                    LastSnapshot = window, WithheldTo = null,
                };
    }

    /// <summary>
    /// Applies a read of some products by their blueprint (R4, R6). A product that we have no item of is left to the next snapshot, which
    /// knows all of it.
    /// </summary>
    /// <param name="window">When CardTrader looked.</param>
    /// <param name="asked">The products that were to be read. Those without a row are sold out.</param>
    /// <param name="rows">The rows of the answer.</param>
    /// <param name="known">The requests for reads that were known when it was begun; it meets those of the products that it read.</param>
    /// <param name="now">The instant of this step.</param>
    public AccountBooks ApplyReread(
        SnapshotWindow window,
        IEnumerable<ProductId> asked,
        IReadOnlyDictionary<ProductId, int> rows,
        IReadOnlyDictionary<ProductId, DateTimeOffset> known,
        Present now)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(known);
        var books = rows.Where(row => Items.ContainsKey(row.Key))
            .Aggregate(NoLaterThan(now), (before, row) => before.ApplyPresent(row.Key, new Reading(window, row.Value), false, known, now));
        return asked.Where(product => !rows.ContainsKey(product))
            .Aggregate(books, (before, product) => before.ApplyAbsence(product, window, false, known, now));
    }

    /// <summary>
    /// Takes back what a clock said before it was set back. A read that seems to be still to come proves nothing to be older than it, a
    /// sale or a change that does is known to have happened by now.
    /// </summary>
    private AccountBooks NoLaterThan(Present now)
    {
        if (now.HasNoAnswer)
        {
            return this;
        }

        var items = Items.Values.Select(item => (Known: item, Now: item.NoLaterThan(now))).Where(item => item.Known != item.Now).ToArray();
        var changes = Changes.Values
            .Select(change => (Known: change, Now: change.NoLaterThan(now)))
            .Where(change => change.Known != change.Now)
            .ToArray();
        return this with
        {
            Orders = Orders.NoLaterThan(now),
            OrdersKnownUntil = now.IsBefore(OrdersKnownUntil) ? default : OrdersKnownUntil,
            Items = items.Length == 0 ? Items : Items.SetItems(items.Select(item => KeyValuePair.Create(item.Known.Product, item.Now))),
            Changes = changes.Length == 0
                ? Changes
                : Changes.SetItems(changes.Select(change => KeyValuePair.Create(change.Known.Id, change.Now))),
        };
    }

    private AccountBooks Follow(OrderOutcome outcome, Present now)
    {
        var books = this with
        {
            Orders = outcome.Book,
            Fetches = Fetches.Union(outcome.Fetch),
            RereadBlueprints = RereadBlueprints.Union(outcome.RereadBlueprints),
            Notices = Notices.Union(outcome.Notices),
            LastDisposition = outcome.Disposition,
        };
        var unsure = outcome.Reread.ToHashSet();
        foreach (var doubt in outcome.Doubts.Where(doubt => SaleRule.NeedsReread(Items.GetValueOrDefault(doubt.Product), doubt, now)))
        {
            unsure.Add(doubt.Product);
            books = books.Items.TryGetValue(doubt.Product, out var item)
                ? books.Enter(SaleRule.Apply(item, doubt, now), JournalCause.Sale, 0)
                : books;
        }

        foreach (var changes in outcome.Changes.GroupBy(change => change.Sale.Product))
        {
            if (books.Items.TryGetValue(changes.Key, out var item))
            {
                var effect = SaleRule.Apply(item, changes, now);
                books = books.Enter(effect.Item, JournalCause.Sale, effect.Oversold);
                _ = effect.Reread && unsure.Add(item.Product);
            }
        }

        return unsure.Aggregate(books, (known, product) => known.Ask(product, now));
    }

    private AccountBooks ApplyPresent(
        ProductId product, Reading read, bool isSnapshot, IReadOnlyDictionary<ProductId, DateTimeOffset> known, Present now)
    {
        var books = Settle(product, read, known, now.Now);
        var item = books.Items.GetValueOrDefault(product);
        var order = isSnapshot ? OrderOf(item) : null;
        var outcome = ReadRule.Present(
            product, item, read, Orders.CountedOf(product), Orders.EndedOf(product), books.ChangesOf(product), order);
        return books.Follow(outcome, read.Window, JournalCause.Read, known, now);
    }

    private AccountBooks ApplyAbsence(
        ProductId product, SnapshotWindow window, bool isSnapshot, IReadOnlyDictionary<ProductId, DateTimeOffset> known, Present now)
    {
        if (!Items.ContainsKey(product))
        {
            return Meet(product, known);
        }

        var books = Settle(product, new Reading(window, 0), known, now.Now);
        var item = books.Items[product];
        var (counted, ended, changes) = (Orders.CountedOf(product), Orders.EndedOf(product), books.ChangesOf(product));
        var outcome = isSnapshot
            ? ReadRule.AbsentFromSnapshot(item, window, counted, ended, changes, OrderOf(item))
            : ReadRule.AbsentFromReread(item, window, counted, ended, changes);
        return books.Follow(outcome, window, JournalCause.Absence, known, now);
    }

    /// <summary>
    /// What is known of the order of an item's last read and a snapshot without their windows: that of a former snapshot is the earlier
    /// one. It is known by its end, which it keeps whatever becomes of its beginning.
    /// </summary>
    private ReadOrder? OrderOf(StockItem? item) =>
        item?.LastRead is { } last && (last.Window.To == LastSnapshot?.To || last.Window.To == WithheldTo) ? ReadOrder.Later : null;

    private AccountBooks Follow(
        ReadOutcome outcome, SnapshotWindow window, JournalCause cause, IReadOnlyDictionary<ProductId, DateTimeOffset> known, Present now)
    {
        var product = outcome.Item.Product;
        var books = outcome.IsOutdated
            ? Enter(outcome.Item, cause, 0)
            : Enter(outcome.Item, cause, outcome.Oversold).Forget(product, window);
        books = outcome.KeptFields == ItemFields.None ? books : books with { KeptFields = KeptFields.SetItem(product, outcome.KeptFields) };

        // A new request follows the one that this read would have met: under the same name, a read under way would meet it too.
        return outcome.Reread ? books.Ask(product, now) : outcome.IsOutdated ? books : books.Meet(product, known);
    }

    /// <summary>Lets a read decide about adjustments whose answers were lost.</summary>
    private AccountBooks Settle(ProductId product, Reading read, IReadOnlyDictionary<ProductId, DateTimeOffset> known, DateTimeOffset now)
    {
        // Losing an answer asks for a read: one that meets that request was begun later.
        var (books, meetsRequest) = (this, IsMet(product, known));
        foreach (var change in ChangesOf(product).Where(change => change is { Kind: ChangeKind.Adjust, State: ChangeState.InDoubt }))
        {
            var uncounted = change.Baseline is { } baseline && Orders.AnyUncountedSince(product, baseline.Window.From);
            var others = books.ChangesOf(product);
            var verdict = DoubtRule.Decide(
                change, read, meetsRequest, Orders.CountedOf(product), others, uncounted, OrdersKnownUntil);
            if (verdict == DoubtVerdict.HadNoEffect && change.IsReservation)
            {
                // The buyer was told that nobody knows: what was not sold then is not sold behind his back.
                books = books.GiveBack(change.Id, now);
                continue;
            }

            var settled = verdict switch
            {
                DoubtVerdict.HadEffect =>
                    change with { State = ChangeState.Acknowledged, AnsweredAt = read.Window.From.AddMicroseconds(-1) },
                DoubtVerdict.HadNoEffect => change with { State = ChangeState.Waiting, SentAt = null, Baseline = null },
                DoubtVerdict.Unexplained => change with { State = ChangeState.Failed },
                _ => change,
            };
            books = books with { Changes = books.Changes.SetItem(change.Id, settled) };
        }

        return books;
    }

    /// <summary>Drops changes that every later read will have seen.</summary>
    private AccountBooks Forget(ProductId product, SnapshotWindow window)
    {
        var changes = ChangesOf(product).ToArray();
        if (changes.Any(change => change.State == ChangeState.InDoubt))
        {
            return this;
        }

        var seen = changes.Where(change => change.SideOf(window) is null or WindowSide.Before).ToArray();
        return this with
        {
            Changes = Changes.RemoveRange(seen.Select(change => change.Id)),
            Forgotten = Forgotten.SetItems(seen.Select(change => KeyValuePair.Create(change.Id, change))),
        };
    }

    /// <summary>Gives our own changes of a product.</summary>
    internal IEnumerable<LocalChange> ChangesOf(ProductId product) => Changes.Values.Where(change => change.Product == product);

    /// <summary>
    /// Asks for a read. A clock that was set back must not give a request the name of one that a read under way will meet.
    /// </summary>
    internal AccountBooks Ask(ProductId product, Present now) => this with
    {
        Rereads = Rereads.SetItem(
            product, Rereads.TryGetValue(product, out var asked) && asked >= now.Now ? asked.AddMicroseconds(1) : now.Now),
    };

    private AccountBooks Meet(ProductId product, IReadOnlyDictionary<ProductId, DateTimeOffset> known) =>
        IsMet(product, known) ? this with { Rereads = Rereads.Remove(product) } : this;

    /// <summary>
    /// True for the very request that was known: one with an earlier name may be a later one, of another process or
    /// after a clock was set back.
    /// </summary>
    private bool IsMet(ProductId product, IReadOnlyDictionary<ProductId, DateTimeOffset> known) =>
        Rereads.TryGetValue(product, out var asked) && known.TryGetValue(product, out var begunAfter) && asked == begunAfter;

    /// <summary>Enters what became of an item, with the line of the journal that it is worth.</summary>
    internal AccountBooks Enter(StockItem item, JournalCause cause, int oversold, ItemFields fields = ItemFields.None)
    {
        var before = Items.GetValueOrDefault(item.Product)?.Quantity ?? 0;
        return this with
        {
            Items = Items.SetItem(item.Product, item),
            Journal = before != item.Quantity || oversold > 0 || fields != ItemFields.None
                ? Journal.Add(new QuantityChange(item.Product, cause, before, item.Quantity, oversold, fields))
                : Journal,
        };
    }
}
