using System.Collections.Immutable;
using BrxSync.Client;

namespace BrxSync.Sync.Stock;

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
    /// Begins the books, with the first snapshot. Sales that were first seen in a later state while it was under way are newer than the
    /// books and count from now on; this comes before the snapshot's rows are applied, so that they are taken off them.
    /// </summary>
    public OrderBook StartAt(DateTimeOffset instant) => (this with { Start = instant }).Derived();

    /// <summary>True when a sale of a product was reported to be over at this instant or later.</summary>
    public bool AnySaleEndedSince(ProductId product, DateTimeOffset instant) =>
        Orders.Values.Any(order => order.Moment.To >= instant && Over(order).Any(line => line.Product == product));

    /// <summary>Applies a report: a webhook delivery, or an order that was read.</summary>
    public OrderOutcome Apply(OrderReport report)
    {
        ArgumentNullException.ThrowIfNull(report);

        if (report.IsPurchase)
        {
            return new OrderOutcome(this, OrderDisposition.Purchase);
        }

        var known = Orders.GetValueOrDefault(report.Id);
        var outdated = known?.Outdates(report) == true;
        if (!outdated && Gap(report, known) is { } gap)
        {
            return gap;
        }

        var record = (known ?? OrderRecord.NotFound(report.Id)).With(report);
        var next = Record(record);
        var changes = next.Changes(next.Touched(known, record));
        return new OrderOutcome(next.Enter(changes), Disposition(outdated && report.State.Decides(), changes))
        {
            Changes = changes,
            Fetch = next.MissingSources(record),
            Ended = Ended(known, record),
            Reread = outdated ? [] : next.Unplaceable(record),
            RereadBlueprints = Nameless(report),
            Notices = Notices(report),
        };
    }

    /// <summary>
    /// Applies that the marketplace does not know an order. One that we know is deleted there; one that we do not know is noted, so
    /// that later orders that name it as their source wait for it no longer.
    /// </summary>
    public OrderOutcome ApplyNotFound(OrderId order, OrderMoment moment)
    {
        if (Orders.TryGetValue(order, out var known))
        {
            return known.IsEmpty ? new OrderOutcome(this, OrderDisposition.NothingToDo) : Apply(OrderReport.Destroyed(order, moment));
        }

        var record = OrderRecord.NotFound(order);
        var next = Record(record);
        var changes = next.Changes(next.Touched(null, record));
        return new OrderOutcome(next.Enter(changes), Disposition(false, changes))
        {
            Changes = changes,
            Reread = [.. next.CarriersOf(order).SelectMany(carrier => ProductsFrom(order, carrier)).Distinct()],
        };
    }

    private static OrderDisposition Disposition(bool outdated, ImmutableArray<SaleChange> changes) =>
        outdated ? OrderDisposition.Outdated : changes.IsEmpty ? OrderDisposition.NothingToDo : OrderDisposition.Applied;

    /// <summary>What a report would have to say before it can be applied; null when it says enough.</summary>
    private OrderOutcome? Gap(OrderReport report, OrderRecord? known)
    {
        // The end of an order concerns what the books know of it; states that decide nothing need no items.
        if (!report.State.Decides() || report.State.Ends())
        {
            return null;
        }

        var channelUnknown = report.ViaZero is null && report.State.IsPaidOrLater() && known is not { State: > OrderState.Lost };
        var sizeUnfit = report.Items.IsEmpty || !report.SizeFits;
        if (!report.IsDetail)
        {
            return channelUnknown || sizeUnfit || report.Items.Any(item => item.Product is null)
                ? new OrderOutcome(this, OrderDisposition.FetchFirst) { Fetch = [report.Id] }
                : null;
        }

        return channelUnknown || sizeUnfit
            ? new OrderOutcome(this, OrderDisposition.Undecided)
            {
                Reread = [.. report.Items.Where(item => item.Product is not null).Select(item => item.Product!.Value).Distinct()],
                RereadBlueprints = Nameless(report),
                Notices = [new OrderNotice(report.Id, sizeUnfit ? OrderNoticeKind.SizeMismatch : OrderNoticeKind.UnknownChannel)],
            }
            : null;
    }

    private static ImmutableArray<BlueprintId> Nameless(OrderReport report) =>
    [
        .. report.Items.Where(item => item.Product is null && item.Blueprint is not null && report.State.Decides())
            .Select(item => item.Blueprint!.Value).Distinct(),
    ];

    private static ImmutableArray<OrderNotice> Notices(OrderReport report)
    {
        if (report.State == OrderState.Unknown)
        {
            return [new OrderNotice(report.Id, OrderNoticeKind.UnknownState)];
        }

        return report.State.Decides() && !report.State.Ends() && report.Items.Any(item => item.Product is null)
            ? [new OrderNotice(report.Id, OrderNoticeKind.ItemWithoutProduct)]
            : [];
    }

    /// <summary>The sales of an order that were not known to be over before.</summary>
    private static ImmutableArray<EndedSale> Ended(OrderRecord? before, OrderRecord after)
    {
        var known = before is null ? [] : Over(before).ToHashSet();
        return
        [
            .. Over(after).Where(line => !known.Contains(line)).Select(line => line.Product).Distinct()
                .Select(product => new EndedSale(product, after.Moment)),
        ];
    }

    private static IEnumerable<(OrderItemId Item, ProductId Product)> Over(OrderRecord record) => record.Lines
        .Where(line => line.IsDeleted || record.State.Ends())
        .Select(line => (line.Item, line.Sale.Product));

    private static IEnumerable<ProductId> ProductsFrom(OrderId source, OrderRecord record) =>
        record.Lines.Where(line => line.Sale.Source == source && !line.IsDeleted).Select(line => line.Sale.Product);

    /// <summary>
    /// Products sold in ways that cannot be counted: a weekly order that does not name the source of an item, and sources that the
    /// marketplace does not know.
    /// </summary>
    private ImmutableArray<ProductId> Unplaceable(OrderRecord record)
    {
        var products = new HashSet<ProductId>();
        foreach (var source in record.Lines.Select(line => line.Sale.Source).Distinct())
        {
            var isNameless = source == record.Id && record.ViaZero && !record.SawOpening && record.State.IsPaidOrLater();
            if (isNameless || (source != record.Id && record.State.Decides() && Orders.GetValueOrDefault(source) is { IsEmpty: true }))
            {
                products.UnionWith(ProductsFrom(source, record));
            }
        }

        return [.. products];
    }

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
            var after = Sale.Counted(sale, Orders.GetValueOrDefault(sale.Source), CarriersOf(sale.Source), Start);
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
