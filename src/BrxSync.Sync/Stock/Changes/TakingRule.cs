using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Stock.Changes;

/// <summary>
/// Tells how many copies the marketplace lacked for a change that took some. It takes what there is and no more, without a word; what
/// there was follows from the read before and the sales since. Where it is not certain whether a sale came before, it is taken to have (R11).
/// </summary>
internal static class TakingRule
{
    /// <summary>Gives how many of the copies that a change was to take were not there.</summary>
    /// <param name="change">The change, which was carried out.</param>
    /// <param name="counted">What counts of the product's sales.</param>
    /// <param name="ended">What is known of its sales that are over.</param>
    /// <param name="ofTheProduct">Our changes of the product.</param>
    public static int Lacking(
        LocalChange change, IEnumerable<SalePart> counted, IEnumerable<SalePart> ended, IEnumerable<LocalChange> ofTheProduct)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(ofTheProduct);
        if (change is not { Baseline: { } before, SentAt: { } sent, AnsweredAt: { } answered } || sent > answered)
        {
            return 0;
        }

        var carriedOut = new SnapshotWindow(sent, answered);
        var there = before.Quantity - counted.Concat(ended)
            .Where(part => part.At.SideOf(before.Window) != WindowSide.Before && part.At.SideOf(carriedOut) != WindowSide.After)
            .Sum(part => part.Quantity);
        foreach (var other in ofTheProduct.Where(other => other.Id != change.Id && other.Kind == ChangeKind.Adjust))
        {
            there += (other.SideOf(before.Window), other.SideOf(carriedOut)) switch
            {
                (WindowSide.After, WindowSide.Before) => other.Delta,
                (WindowSide.Inside, WindowSide.Before) => Math.Min(0, other.Delta),
                _ => 0,
            };
        }

        return Math.Clamp(-change.Delta - Math.Max(0, there), 0, -change.Delta);
    }
}
