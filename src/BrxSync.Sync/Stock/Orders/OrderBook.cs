using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>
/// The orders of an account, and the ledger of what counts of each sale. A store need not load all of it to apply a report: the order
/// itself, the source orders that its items name, and all orders that list goods of it or of those sources are enough.
/// </summary>
internal sealed record OrderBook
{
    private static readonly IComparer<OrderId> ById = Comparer<OrderId>.Create((left, right) => left.Value.CompareTo(right.Value));

    /// <summary>An account without orders.</summary>
    public static OrderBook Empty { get; } = new();

    /// <summary>When our books begin: the start of the first snapshot; null before that.</summary>
    public DateTimeOffset? Start { get; private init; }

    /// <summary>The orders known, with empty records for those that the marketplace was asked for in vain.</summary>
    public ImmutableDictionary<OrderId, OrderRecord> Orders { get; init; } = ImmutableDictionary<OrderId, OrderRecord>.Empty;

    /// <summary>What counts of each sale; a sale of which nothing counts is not in it.</summary>
    public ImmutableDictionary<SaleKey, ImmutableArray<SalePart>> Ledger { get; init; } =
        ImmutableDictionary<SaleKey, ImmutableArray<SalePart>>.Empty;

    /// <summary>For each source order, the later orders that list goods of it.</summary>
    private ImmutableDictionary<OrderId, ImmutableSortedSet<OrderId>> Carriers { get; init; } =
        ImmutableDictionary<OrderId, ImmutableSortedSet<OrderId>>.Empty;

    /// <summary>Opens the book over records that were kept: all of an account's, or those that one report concerns.</summary>
    public static OrderBook Of(DateTimeOffset? start, IEnumerable<OrderRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records.Aggregate(Empty with { Start = start }, (book, record) => book.Record(record)).Derived();
    }

    /// <summary>Gives what counts of a product.</summary>
    public IEnumerable<SalePart> CountedOf(ProductId product) =>
        Ledger.Where(row => row.Key.Product == product).SelectMany(row => row.Value);

    /// <summary>
    /// Gives the copies of a product that are known to have been sold and whose sale is over: whether they are on sale again is unknown
    /// until a read has seen it. A weekly order repeats those of its sources.
    /// </summary>
    public IEnumerable<SalePart> EndedOf(ProductId product) => Orders.Values
        .SelectMany(order => Over(order).Where(line => line.Sale.Product == product).GroupBy(line => line.Sale))
        .GroupBy(sale => sale.Key)
        .SelectMany(sale => sale.MaxBy(lines => lines.Sum(line => line.Quantity))!)
        .Select(line => new SalePart(line.At, line.Quantity));

    /// <summary>Gives the copies of a product that orders took which nobody can count yet.</summary>
    public IEnumerable<SalePart> UndecidedOf(ProductId product) => Orders.Values
        .Where(order => !order.State.Decides())
        .SelectMany(order => order.Lines)
        .Where(line => line.Sale.Product == product && !line.IsDeleted && !Ledger.ContainsKey(line.Sale))
        .Select(line => new SalePart(line.At, line.Quantity));

    /// <summary>
    /// Begins the books, with the first snapshot. Sales that were first seen in a later state while it was under way are newer than the
    /// books and count from now on; this comes before the snapshot's rows are applied, so that they are taken off them.
    /// </summary>
    public OrderBook StartAt(DateTimeOffset instant) => (this with { Start = instant }).Derived();

    /// <summary>Gives what is left of the orders now: what is known has happened.</summary>
    public OrderBook NoLaterThan(Present present)
    {
        var changed = Orders.Values
            .Select(order => (Known: order, Now: order.NoLaterThan(present)))
            .Where(order => !ReferenceEquals(order.Known, order.Now))
            .ToArray();
        return changed.Length == 0 ? this : changed.Aggregate(this, (book, order) => book.Record(order.Now)).Derived();
    }

    /// <summary>
    /// True when copies of a product may have left or come back, at this instant or later, without counting: their
    /// sale is over, or undecided.
    /// </summary>
    public bool AnyUncountedSince(ProductId product, DateTimeOffset instant) => Orders.Values.Any(order => order.ReportedUntil >= instant
        && (order.State.Decides() ? Over(order) : order.Lines).Any(line => line.Sale.Product == product));

    /// <summary>Gives the orders in which the goods of an order were sold first: itself, where nothing else is said.</summary>
    public static IEnumerable<OrderId> SourcesOf(OrderRecord order) =>
        order.Lines.Select(line => line.Sale.Source).Append(order.Id).Distinct();

    /// <summary>
    /// Gives the orders that have a say in what counts of the sales of an order: its sources, and all that carry their goods on.
    /// </summary>
    public IEnumerable<OrderRecord> FamilyOf(OrderRecord order) => SourcesOf(order)
        .SelectMany(source => Orders.TryGetValue(source, out var known) ? CarriersOf(source).Append(known) : CarriersOf(source))
        .DistinctBy(relative => relative.Id);

    /// <summary>Forgets orders, and what counted of them.</summary>
    public OrderBook Without(IReadOnlyCollection<OrderId> orders) => Of(Start, Orders.RemoveRange(orders).Values);

    /// <summary>Applies a report: a webhook delivery, or an order that was read.</summary>
    public OrderOutcome Apply(OrderReport report, Present now)
    {
        ArgumentNullException.ThrowIfNull(report);

        if (report.IsPurchase)
        {
            return new OrderOutcome(this, OrderDisposition.Purchase);
        }

        var known = Orders.GetValueOrDefault(report.Id);
        if (Gap(report, known) is { } gap)
        {
            return gap;
        }

        var record = (known ?? new OrderRecord { Id = report.Id }).With(report);
        var next = Record(record);
        var changes = next.Changes(next.Touched(known, record));
        next = next.Enter(changes);
        return new OrderOutcome(next, Disposition(known?.Outdates(report) == true && report.State.Decides(), changes))
        {
            Changes = changes,
            Fetch = [.. next.MissingSources(record).Concat(EndsInTheDark(report, record) ? [report.Id] : [])],
            Doubts = [.. Ended(known, record, next, changes).Concat(next.Uncounted(known, record, now))],
            RereadBlueprints = report.State.Ends() && known?.State == record.State ? [] : Nameless(report),
            Notices = Notices(report),
        };
    }

    /// <summary>
    /// Applies that the marketplace does not know an order. One that we know is deleted there; one that we do not know is noted, so
    /// that later orders that name it as their source wait for it no longer.
    /// </summary>
    public OrderOutcome ApplyNotFound(OrderId order, OrderMoment moment, Present now)
    {
        if (Orders.TryGetValue(order, out var known))
        {
            return known.IsEmpty ? new OrderOutcome(this, OrderDisposition.NothingToDo) : Apply(OrderReport.Destroyed(order, moment), now);
        }

        var record = OrderRecord.NotFound(order, moment);
        var next = Record(record);
        var changes = next.Changes(next.Touched(null, record));
        return new OrderOutcome(next.Enter(changes), Disposition(false, changes))
        {
            Changes = changes,
            Reread = [.. next
                .CarriersOf(order)
                .SelectMany(carrier => carrier.Lines)
                .Where(line => line.Sale.Source == order && !line.IsDeleted)
                .Select(line => line.Sale.Product).Distinct()],
        };
    }

    private static OrderDisposition Disposition(bool outdated, ImmutableArray<SaleChange> changes) =>
        outdated ? OrderDisposition.Outdated : changes.IsEmpty ? OrderDisposition.NothingToDo : OrderDisposition.Applied;

    /// <summary>What a report would have to say before it can be applied; null when it says enough, or nothing new.</summary>
    private OrderOutcome? Gap(OrderReport report, OrderRecord? known)
    {
        // The end of an order concerns what the books know of it.
        if (report.State.Ends() || (report.State.Decides() ? known?.Outdates(report) : SaysNothingNew(report, known)) == true)
        {
            return null;
        }

        var channelUnknown = report.ViaZero is null && report.State.IsPaidOrLater() && known is not { State: > OrderState.Lost };
        var sizeUnfit = report.Items.IsEmpty || !report.SizeFits;
        if (!report.IsDetail)
        {
            return channelUnknown || !report.IsComplete
                ? new OrderOutcome(this, OrderDisposition.FetchFirst) { Fetch = [report.Id] }
                : null;
        }

        return channelUnknown || sizeUnfit
            ? new OrderOutcome(this, OrderDisposition.Undecided)
            {
                Reread = [.. report.Items.Where(item => item.Product is not null).Select(item => item.Product!.Value)
                    .Concat(known?.Lines.Select(line => line.Sale.Product) ?? []).Distinct()],
                RereadBlueprints = Nameless(report),
                Notices = [new OrderNotice(report.Id, sizeUnfit ? OrderNoticeKind.SizeMismatch : OrderNoticeKind.UnknownChannel)],
            }
            : null;
    }

    /// <summary>True for a report whose state decides nothing and whose items are known to be otherwise since.</summary>
    private static bool SaysNothingNew(OrderReport report, OrderRecord? known) => known is { Lines.IsEmpty: false }
        && report.Moment.IsBefore(known.LinesMoment);

    /// <summary>True when an order is over that the books know no items of, and that can still be asked for.</summary>
    private static bool EndsInTheDark(
        OrderReport report, OrderRecord record) => report is { State: OrderState.Canceled, IsDetail: false, IsComplete: false }
        && (record.Lines.IsEmpty || (report.Size is { } size && record.Lines.Sum(line => line.Quantity) < size));

    private static ImmutableArray<BlueprintId> Nameless(OrderReport report) =>
    [
        .. report.Items.Where(item => item.Product is null && item.Blueprint is not null).Select(item => item.Blueprint!.Value).Distinct(),
    ];

    private static ImmutableArray<OrderNotice> Notices(OrderReport report)
    {
        if (report.State == OrderState.Unknown)
        {
            return [new OrderNotice(report.Id, OrderNoticeKind.UnknownState)];
        }

        return !report.State.Ends() && (report.IsDetail || report.State.Decides()) && report.Items.Any(item => item.Product is null)
            ? [new OrderNotice(report.Id, OrderNoticeKind.ItemWithoutProduct)]
            : [];
    }

    /// <summary>
    /// The sales of an order that were not known to be over before. Those that a report tells of only now, when their end is known already,
    /// were never taken off.
    /// </summary>
    private IEnumerable<SaleDoubt> Ended(OrderRecord? before, OrderRecord after, OrderBook next, ImmutableArray<SaleChange> changes)
    {
        var over = next.AllOver(after).ToArray();
        if (over.Length == 0)
        {
            yield break;
        }

        var known = before?.Lines.ToDictionary(line => line.Item) ?? [];
        var wasOver = before is null ? [] : AllOver(before).Select(line => line.Item).ToHashSet();
        var until = next.CarriersOf(after.Id).Append(after).Max(order => order.ReportedUntil);
        foreach (var product in over.GroupBy(line => line.Sale.Product))
        {
            // What a weekly order repeats was taken off with its source.
            var sold = product
                .Where(line => line.Sale.Source == after.Id && line.HasStood && !(known.TryGetValue(line.Item, out var old) && old.HasStood)
                    && !changes.Any(change => change.Shrinks && change.Sale == line.Sale))
                .Select(line => new SalePart(line.At, line.Quantity)).ToImmutableArray();
            if (!sold.IsEmpty || product.Any(line => !wasOver.Contains(line.Item)))
            {
                yield return new SaleDoubt(product.Key, new OrderMoment(after.Moment.From, until)) { Sold = sold };
            }
        }
    }

    private static IEnumerable<OrderLine> Over(OrderRecord record) => record.Lines.Where(line => line.IsDeleted || record.State.Ends());

    /// <summary>The lines of an order that are over, there or in the weekly order that carried them on.</summary>
    private IEnumerable<OrderLine> AllOver(OrderRecord record)
    {
        var ended = CarriersOf(record.Id)
            .Where(carrier => carrier.State.Ends())
            .SelectMany(carrier => carrier.Lines)
            .Select(line => line.Sale)
            .ToHashSet();
        return record.Lines.Where(line => line.IsDeleted || record.State.Ends() || ended.Contains(line.Sale));
    }

    /// <summary>
    /// Products that an order touches, newly or differently than known, and of whose copies not all count: its state decides nothing, a
    /// weekly order does not name the source of an item, or the marketplace does not know the source. Sales that are older than the books
    /// are in every read, and those whose source is about to be fetched wait for that. Books that begin in what is still to come were begun
    /// before a clock was set back: no sale is known to be older.
    /// </summary>
    private IEnumerable<SaleDoubt> Uncounted(OrderRecord? before, OrderRecord after, Present now)
    {
        if (after.State.Ends())
        {
            yield break;
        }

        var isNewState = before is null || after.State != before.State;
        var beginsLater = Start is { } start && now.SeemsBefore(start);
        foreach (var product in after.Lines.GroupBy(line => line.Sale.Product))
        {
            var differs = product.Where(line => before is null || !before.Lines.Any(known => IsSame(known, line))).ToHashSet();
            if ((differs.Count > 0 || isNewState)
                && product
                    .Where(line => line.At.At >= Start || Start is null || beginsLater || (before is not null && differs.Contains(line)))
                    .GroupBy(line => line.Sale)
                    .Any(sale => Misses(sale, beginsLater ? Start : DateTimeOffset.MinValue)))
            {
                yield return new SaleDoubt(product.Key, new OrderMoment(after.Moment.From, after.ReportedUntil));
            }
        }
    }

    private bool Misses(
        IGrouping<SaleKey, OrderLine> sale, DateTimeOffset? booksStart) => Orders.TryGetValue(sale.Key.Source, out var source)
        && sale.Sum(line => line.IsDeleted ? 0 : line.Quantity)
            > SaleCount.Counted(sale.Key, source, CarriersOf(sale.Key.Source), booksStart).Sum(part => part.Quantity);

    private static bool IsSame(OrderLine left, OrderLine right) =>
        (left.Item, left.Quantity, left.IsDeleted) == (right.Item, right.Quantity, right.IsDeleted);

    private OrderBook Record(OrderRecord record)
    {
        var carriers = Carriers;
        foreach (var source in record.Lines.Select(line => line.Sale.Source).Distinct().Where(source => source != record.Id))
        {
            var orders = carriers.GetValueOrDefault(source) ?? ImmutableSortedSet.Create<OrderId>(ById);
            carriers = carriers.SetItem(source, orders.Add(record.Id));
        }

        return this with { Orders = Orders.SetItem(record.Id, record), Carriers = carriers };
    }

    private HashSet<SaleKey> Touched(OrderRecord? before, OrderRecord after)
    {
        var touched = after.Lines.Select(line => line.Sale).ToHashSet();
        touched.UnionWith(before?.Lines.Select(line => line.Sale) ?? []);
        foreach (var carrier in CarriersOf(after.Id))
        {
            touched.UnionWith(carrier.Lines.Where(line => line.Sale.Source == after.Id).Select(line => line.Sale));
        }

        return touched;
    }

    private IEnumerable<OrderRecord> CarriersOf(OrderId source) =>
        Carriers.TryGetValue(source, out var orders) ? orders.Select(order => Orders[order]) : [];

    private ImmutableArray<SaleChange> Changes(IEnumerable<SaleKey> sales)
    {
        var changes = ImmutableArray.CreateBuilder<SaleChange>();
        foreach (var sale in sales)
        {
            var before = Ledger.TryGetValue(sale, out var counted) ? counted : [];
            var after = SaleCount.Counted(sale, Orders.GetValueOrDefault(sale.Source), CarriersOf(sale.Source), Start);
            if (!before.SequenceEqual(after))
            {
                changes.Add(new SaleChange(sale, before, after));
            }
        }

        return changes.ToImmutable();
    }

    private OrderBook Derived() => Enter(Changes(Orders.Values.SelectMany(order => order.Lines).Select(line => line.Sale).Distinct()));

    private OrderBook Enter(ImmutableArray<SaleChange> changes)
    {
        var ledger = Ledger;
        foreach (var change in changes)
        {
            ledger = change.After.IsEmpty ? ledger.Remove(change.Sale) : ledger.SetItem(change.Sale, change.After);
        }

        return this with { Ledger = ledger };
    }

    private ImmutableArray<OrderId> MissingSources(OrderRecord record) => record.State.Ends()
        ? []
        : [.. LiveSources(record).Where(source => !Orders.ContainsKey(source))];

    private static IEnumerable<OrderId> LiveSources(OrderRecord record) =>
        record.Lines.Where(line => !line.IsDeleted).Select(line => line.Sale.Source).Distinct();
}
