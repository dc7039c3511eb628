using System.Collections.Immutable;
using BrxSync.Client;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>
/// What the books know of one order: the best of all reports, whatever order they came in. Adding the same reports in any order, any
/// number of times, gives the same record. State and items are kept apart, since a report whose state decides nothing still tells of items.
/// </summary>
internal sealed record OrderRecord
{
    /// <summary>The order.</summary>
    public required OrderId Id { get; init; }

    /// <summary>True for a sale over CardTrader Zero.</summary>
    public bool ViaZero { get; init; }

    /// <summary>The latest state that decides anything; <see cref="OrderState.Unknown"/> until there is one.</summary>
    public OrderState State { get; init; }

    /// <summary>When that state was reported.</summary>
    public OrderMoment Moment { get; init; }

    /// <summary>True once the order was reported in the first state of a sale, however late that report came.</summary>
    public bool SawOpening { get; init; }

    /// <summary>
    /// The items by the latest report that names all of them. An item that an earlier one named stays, as deleted: items only ever leave
    /// an order.
    /// </summary>
    public ImmutableArray<OrderLine> Lines { get; init; } = [];

    /// <summary>When the items were reported.</summary>
    public OrderMoment LinesMoment { get; init; }

    /// <summary>An order that the marketplace does not know (any more): it was asked for, so nobody waits for it.</summary>
    public static OrderRecord NotFound(OrderId id, OrderMoment moment) => new() { Id = id, Moment = moment };

    /// <summary>True when nothing but the order's id is known, or that there was none.</summary>
    public bool IsEmpty => State == OrderState.Unknown && Lines.IsEmpty;

    /// <summary>The latest instant that anything known of the order may date from.</summary>
    public DateTimeOffset ReportedUntil => LinesMoment.To > Moment.To ? LinesMoment.To : Moment.To;

    /// <summary>How many copies it holds.</summary>
    public int LiveCopies => Lines.Sum(line => line.IsDeleted ? 0 : line.Quantity);

    /// <summary>True when a report says nothing newer about the state, because it is older, a duplicate, or decides nothing.</summary>
    public bool Outdates(OrderReport report) =>
        State.Decides() && (!report.State.Decides() || State == OrderState.Destroyed || IsNewerState(report));

    /// <summary>True when a report says nothing newer about the items.</summary>
    public bool OutdatesItemsOf(OrderReport report) =>
        !Lines.IsEmpty && IsNewer(LinesMoment, report.Moment, LiveCopies <= CopiesOf(report));

    /// <summary>Adds a report.</summary>
    public OrderRecord With(OrderReport report) => IsEmpty && report.Moment.IsBefore(Moment)
        ? (this with { State = OrderState.Canceled }).Learn(report) // It was there and is gone.
        : Learn(report);

    /// <summary>Gives what is left of the record now.</summary>
    public OrderRecord NoLaterThan(Present present)
    {
        if (!present.IsBefore(Moment.From) && !present.IsBefore(LinesMoment.From) && !Lines.Any(line => present.IsBefore(line.At.At)))
        {
            return this;
        }

        return this with
        {
            Moment = Moment.NoLaterThan(present),
            LinesMoment = LinesMoment.NoLaterThan(present),
            Lines = [.. Lines.Select(line => line with { At = line.At.NoLaterThan(present) })],
        };
    }

    private OrderRecord Learn(OrderReport report)
    {
        var zero = ViaZero || report.ViaZero == true || report.State == OrderState.HubPending;
        var opening = zero ? OrderState.HubPending : OrderState.Paid;
        var isNewer = report.State.Decides() ? !Outdates(report) : !State.Decides() && !report.Moment.IsBefore(Moment);
        return WithItems(report, zero) with
        {
            ViaZero = zero,
            SawOpening = SawOpening || report.State == opening,
            State = isNewer && report.State.Decides() ? report.State : State,
            Moment = isNewer ? report.Moment : Moment,
        };
    }

    private OrderRecord WithItems(OrderReport report, bool zero)
    {
        var told = LinesOf(report, zero);
        if (told.IsEmpty)
        {
            return this;
        }

        // A report that leaves something open names items, but not all of them.
        var isBest = Lines.IsEmpty || ((report.IsDetail || report.IsComplete) && !OutdatesItemsOf(report));
        return this with
        {
            Lines = isBest ? Merged(told, Lines) : Merged(Lines, told),
            LinesMoment = isBest ? report.Moment : LinesMoment,
        };
    }

    private bool IsNewerState(OrderReport report) => IsNewer(
        Moment, report.Moment, State != report.State ? State > report.State : LiveCopies <= CopiesOf(report));

    /// <summary>
    /// Of two reports from the same instant, as far as anybody can tell, the one further along the life of an order is the later one.
    /// </summary>
    private static bool IsNewer(OrderMoment moment, OrderMoment other, bool isFurther) =>
        moment.IsBefore(other) || other.IsBefore(moment) ? other.IsBefore(moment) : isFurther;

    private static int CopiesOf(OrderReport report) => report.Items.Sum(item => item.IsDeleted || item.Product is null ? 0 : item.Quantity);

    /// <summary>
    /// The newer lines, with the best of what both know of each, and the older ones that are no longer listed, as deleted.
    /// </summary>
    private static ImmutableArray<OrderLine> Merged(ImmutableArray<OrderLine> newer, ImmutableArray<OrderLine> older) =>
    [
        .. newer.Select(line => Best(line, older)),
        .. older.Where(line => newer.All(other => other.Item != line.Item)).Select(line => line with { IsDeleted = true }),
    ];

    private static OrderLine Best(OrderLine line, ImmutableArray<OrderLine> others)
    {
        foreach (var other in others)
        {
            if (other.Item == line.Item)
            {
                return line with { At = other.At.IsBetterThan(line.At) ? other.At : line.At, HasStood = line.HasStood || other.HasStood };
            }
        }

        return line;
    }

    private ImmutableArray<OrderLine> LinesOf(OrderReport report, bool zero)
    {
        var stands = report.State.Decides() && !report.State.Ends();
        var lines = ImmutableArray.CreateBuilder<OrderLine>(report.Items.Length);
        foreach (var item in report.Items)
        {
            if ((item.Product ?? ProductOf(item.Id)) is { } product)
            {
                var time = item.CreatedAt is { } at ? new SaleTime(at, true) : new SaleTime(report.Moment.To, false);
                var source = zero ? item.HubPendingOrder ?? report.Id : report.Id;
                lines.Add(
                    new OrderLine(item.Id, new SaleKey(source, product), item.Quantity, time, item.IsDeleted, stands && !item.IsDeleted));
            }
        }

        return lines.ToImmutable();
    }

    /// <summary>The product of an item that a report does not name, where an earlier one did.</summary>
    private ProductId? ProductOf(OrderItemId item)
    {
        foreach (var line in Lines)
        {
            if (line.Item == item)
            {
                return line.Sale.Product;
            }
        }

        return null;
    }
}
