using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Stock.Changes;

/// <summary>
/// Decides by a read whether the copies of a purchase may be taken at the marketplace. CardTrader takes what there is and no more,
/// without a word: so they must be there, with all that is to be taken from them besides.
/// </summary>
internal static class ReservationRule
{
    /// <summary>Decides about a reservation.</summary>
    /// <param name="reservation">The reservation.</param>
    /// <param name="read">What CardTrader has, by a read that was begun after the copies were reserved.</param>
    /// <param name="counted">What counts of the product's sales.</param>
    /// <param name="ended">What is known of its sales that are over.</param>
    /// <param name="ofTheProduct">Our changes of the product.</param>
    public static ReservationVerdict Decide(
        LocalChange reservation,
        Reading read,
        IEnumerable<SalePart> counted,
        IEnumerable<SalePart> ended,
        IReadOnlyCollection<LocalChange> ofTheProduct)
    {
        ArgumentNullException.ThrowIfNull(reservation);
        ArgumentNullException.ThrowIfNull(ofTheProduct);
        var wanted = -reservation.Delta;
        if (read.Quantity < wanted || ofTheProduct.Any(other => other.Kind == ChangeKind.Delete && IsOpen(other, read.Window)))
        {
            return ReservationVerdict.NotEnough;
        }

        if (!PushRule.IsFree(reservation, ofTheProduct))
        {
            return ReservationVerdict.Wait;
        }

        var (sure, doubtful) = (read.Quantity, 0);
        foreach (var part in counted)
        {
            sure -= part.At.SideOf(read.Window) == WindowSide.After ? part.Quantity : 0;
            doubtful += part.At.SideOf(read.Window) == WindowSide.Inside ? part.Quantity : 0;
        }

        doubtful += ended.Where(part => part.At.SideOf(read.Window) != WindowSide.Before).Sum(part => part.Quantity);
        foreach (var other in ofTheProduct.Where(other => IsAhead(other, reservation)))
        {
            sure += other.SideOf(read.Window) == WindowSide.After ? Taken(other) : 0;
            doubtful -= other.SideOf(read.Window) == WindowSide.Inside ? other.Delta : 0;
        }

        return sure < wanted ? ReservationVerdict.NotEnough
            : sure - doubtful < wanted ? ReservationVerdict.Wait : ReservationVerdict.Enough;
    }

    /// <summary>
    /// Copies that are to be held back stay ours: as long as they are on sale there, a purchase may take them in their place.
    /// </summary>
    private static int Taken(LocalChange other) =>
        other.State == ChangeState.Waiting ? other.Delta + Math.Max(0, other.Moved) : other.Delta;

    /// <summary>Of reservations, the earlier one is served first; all else that is taken comes before a purchase.</summary>
    private static bool IsAhead(LocalChange other, LocalChange reservation) =>
        other.Id != reservation.Id && other is { Kind: ChangeKind.Adjust, Delta: < 0 }
        && (other.State != ChangeState.Reserved || other.Sequence < reservation.Sequence);

    private static bool IsOpen(LocalChange change, SnapshotWindow window) => change.SideOf(window) is not (null or WindowSide.Before);
}
