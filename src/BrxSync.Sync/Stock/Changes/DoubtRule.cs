using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Stock.Changes;

/// <summary>
/// The second half of rule R8: a read decides about an adjustment whose answer was lost, by comparing what CardTrader has with what it
/// would have. A sale that is not known yet looks like the effect of the adjustment; so the orders up to the read must be known first.
/// A sale that ended meanwhile may or may not have put its copies back, one that is undecided may or may not have taken them, and then no
/// number proves anything: a person decides.
/// </summary>
internal static class DoubtRule
{
    /// <summary>Decides about an adjustment in doubt.</summary>
    /// <param name="change">The adjustment. Its baseline is what CardTrader had before it was sent.</param>
    /// <param name="read">A read.</param>
    /// <param name="wasBegunLater">True when the read is known to have been begun after the answer was lost, whatever clocks say.</param>
    /// <param name="counted">What counts of the product's sales.</param>
    /// <param name="others">Our other changes of the product.</param>
    /// <param name="anyUncounted">True when a sale of the product ended since the baseline, or is undecided.</param>
    /// <param name="ordersKnownUntil">All orders up to this instant are known, because they were polled then.</param>
    public static DoubtVerdict Decide(
        LocalChange change,
        Reading read,
        bool wasBegunLater,
        IEnumerable<SalePart> counted,
        IEnumerable<LocalChange> others,
        bool anyUncounted,
        DateTimeOffset ordersKnownUntil)
    {
        ArgumentNullException.ThrowIfNull(change);

        if (!(wasBegunLater || IsLater(read, change)) || ordersKnownUntil < read.Window.To)
        {
            return DoubtVerdict.Open;
        }

        if (change.Baseline is not { } before || anyUncounted)
        {
            return DoubtVerdict.Unexplained;
        }

        // What CardTrader would have without this change; copies that a listing added to the product count too.
        // What happened around the baseline may be in it or not: both are possible.
        HashSet<int> expected = [before.Quantity];
        IEnumerable<(int Delta, WindowSide? Then, WindowSide? Now)> steps =
        [
            .. counted.Select(part => (-part.Quantity, part.At.SideOf(before.Window), part.At.SideOf(read.Window))),
            .. others.Where(other => other.Id != change.Id && (other.Kind is ChangeKind.Adjust or ChangeKind.Create))
                .Select(other => (other.Delta, other.SideOf(before.Window), other.SideOf(read.Window))),
        ];
        foreach (var (delta, then, now) in steps)
        {
            switch (then, now)
            {
                case (_, WindowSide.Inside):
                    return DoubtVerdict.Open;
                case (WindowSide.After, WindowSide.Before):
                    expected = [.. expected.Select(quantity => quantity + delta)];
                    break;
                case (WindowSide.Inside, WindowSide.Before):
                    expected.UnionWith(expected.Select(quantity => quantity + delta).ToArray());
                    break;
            }
        }

        // From a product that is gone nothing more can be taken: there, the change is as good as done. Not so a purchase, which is sold
        // only when all its copies were taken.
        var had = expected.Any(quantity =>
            read.Quantity == (change.IsReservation ? quantity : Math.Max(-change.Delta, quantity)) + change.Delta);
        var hadNot = expected.Any(quantity => (change.IsReservation || quantity > 0) && read.Quantity == quantity);
        return had == hadNot ? DoubtVerdict.Unexplained : had ? DoubtVerdict.HadEffect : DoubtVerdict.HadNoEffect;
    }

    /// <summary>The time of sending is the epoch where nothing is known of it but that it is over.</summary>
    private static bool IsLater(Reading read, LocalChange change) =>
        change.SentAt is { } sent && sent > DateTimeOffset.UnixEpoch && read.Window.From > sent;
}
