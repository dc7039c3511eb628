using System.Collections.Immutable;
using BrxSync.Client;

namespace BrxSync.Sync.Stock;

/// <summary>
/// What the books know of one order: the best of all reports, whatever order they came in. Adding the same reports in any order, any
/// number of times, gives the same record.
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

    /// <summary>The items by the latest report that has any.</summary>
    public ImmutableArray<OrderLine> Lines { get; init; } = [];

    /// <summary>An order that the marketplace does not know (any more): it was asked for, so nobody waits for it.</summary>
    public static OrderRecord NotFound(OrderId id) => new() { Id = id };

    /// <summary>True when nothing but the order's id is known.</summary>
    public bool IsEmpty => State == OrderState.Unknown && Lines.IsEmpty;

    /// <summary>True when a report tells of an earlier time than this record, so that it changes nothing.</summary>
    public bool Outdates(OrderReport report) =>
        State.Decides() && (!report.State.Decides() || State == OrderState.Destroyed || IsNewer(State, Moment, LiveCopies(Lines), report));

    /// <summary>Adds a report.</summary>
    public OrderRecord With(OrderReport report)
    {
        var zero = ViaZero || report.ViaZero == true || report.State == OrderState.HubPending;
        var opening = zero ? OrderState.HubPending : OrderState.Paid;
        var learned = this with
        {
            ViaZero = zero,
            SawOpening = SawOpening || report.State == opening,
        };

        // A sale is as old as the earliest report that has no better time for it, even if that report is outdated otherwise.
        var lines = LinesOf(report, zero);
        if (Outdates(report) || (!report.State.Decides() && report.Moment.IsBefore(Moment)))
        {
            return learned with { Lines = Lines.IsEmpty ? lines : [.. Lines.Select(line => BestTime(line, lines))] };
        }

        return learned with
        {
            State = report.State.Decides() ? report.State : State,
            Moment = report.Moment,
            Lines = lines.IsEmpty && report.State.Ends() ? Lines : [.. lines.Select(line => BestTime(line, Lines))],
        };
    }

    private static bool IsNewer(OrderState state, OrderMoment moment, int copies, OrderReport report)
    {
        if (moment.IsBefore(report.Moment) || report.Moment.IsBefore(moment))
        {
            return report.Moment.IsBefore(moment);
        }

        // The same instant, as far as anybody can tell: the higher state is the later one, and items only ever leave an order.
        return state != report.State ? state > report.State : copies <= LiveCopies(report);
    }

    private static int LiveCopies(ImmutableArray<OrderLine> lines) => lines.Sum(line => line.IsDeleted ? 0 : line.Quantity);

    private static int LiveCopies(OrderReport report) =>
        report.Items.Sum(item => item.IsDeleted || item.Product is null ? 0 : item.Quantity);

    private static OrderLine BestTime(OrderLine line, ImmutableArray<OrderLine> others)
    {
        foreach (var other in others)
        {
            if (other.Item == line.Item && other.At.IsBetterThan(line.At))
            {
                return line with { At = other.At };
            }
        }

        return line;
    }

    private static ImmutableArray<OrderLine> LinesOf(OrderReport report, bool zero)
    {
        var lines = ImmutableArray.CreateBuilder<OrderLine>(report.Items.Length);
        foreach (var item in report.Items)
        {
            if (item.Product is { } product)
            {
                var time = item.CreatedAt is { } at ? new SaleTime(at, true) : new SaleTime(report.Moment.To, false);
                var source = zero ? item.HubPendingOrder ?? report.Id : report.Id;
                lines.Add(new OrderLine(item.Id, new SaleKey(source, product), item.Quantity, time, item.IsDeleted));
            }
        }

        return lines.ToImmutable();
    }
}
