using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Stock.Changes;

/// <summary>
/// Tells how many copies the marketplace lacked for a change that took some. It takes what there is and no more, without a word; what
/// there was follows from the read before and the sales since. Of what is not certain, the smaller number is taken (R11): a sale that may
/// have come before has, and one that is over or undecided took its copies.
/// </summary>
internal static class TakingRule
{
    /// <summary>How far the guesses of two processes, or of one and CardTrader's own time, may be apart.</summary>
    private static readonly TimeSpan SameMoment = TimeSpan.FromSeconds(2);

    /// <summary>Gives how many of the copies that a change was to take were not there.</summary>
    /// <param name="change">The change, which was carried out.</param>
    /// <param name="counted">What counts of the product's sales.</param>
    /// <param name="uncounted">What is known of its sales that are over, or undecided.</param>
    /// <param name="ofTheProduct">Our changes of the product.</param>
    public static int Lacking(
        LocalChange change, IEnumerable<SalePart> counted, IEnumerable<SalePart> uncounted, IEnumerable<LocalChange> ofTheProduct)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(ofTheProduct);
        if (change is not { Baseline: { } before, SentAt: { } sent, AnsweredAt: { } answered })
        {
            return 0;
        }

        // The two may have been noted by two processes, and both are guesses of CardTrader's clock: a sale told to be a moment later may
        // have been the earlier one.
        var (first, last) = sent < answered ? (sent, answered) : (answered, sent);
        var carriedOut = new SnapshotWindow(first - SameMoment, last + SameMoment);
        var there = before.Quantity - counted.Concat(uncounted)
            .Where(part => part.At.SideOf(before.Window) != WindowSide.Before && part.At.SideOf(carriedOut) != WindowSide.After)
            .Sum(part => part.Quantity);
        foreach (var other in ofTheProduct.Where(other => IsBefore(other, change)))
        {
            there += other.SideOf(before.Window) switch
            {
                WindowSide.After => other.Delta,
                WindowSide.Inside => Math.Min(0, other.Delta),
                _ => 0,
            };
        }

        return Math.Clamp(-change.Delta - Math.Max(0, there), 0, -change.Delta);
    }

    /// <summary>
    /// Says whether a change has found all copies that it was to take: the last one that is taken takes the product along, and only
    /// copies of a sale that is over bring it back.
    /// </summary>
    /// <param name="change">The change, which was carried out.</param>
    /// <param name="read">A read.</param>
    /// <param name="uncounted">What is known of the product's sales that are over, or undecided.</param>
    public static bool HasTakenAll(LocalChange change, Reading read, IEnumerable<SalePart> uncounted)
    {
        ArgumentNullException.ThrowIfNull(change);
        return read.Quantity > 0 && change.SideOf(read.Window) == WindowSide.Before && !uncounted.Any();
    }

    /// <summary>
    /// Only one adjustment of a product is on its way at a time: the one that was sent first was carried out first. Where two processes
    /// sent them in the same moment, it is the one that was made first.
    /// </summary>
    private static bool IsBefore(LocalChange other, LocalChange change) =>
        other is { Kind: ChangeKind.Adjust, State: ChangeState.Acknowledged } && other.Id != change.Id
        && (other.SentAt < change.SentAt - SameMoment
            || (other.SentAt <= change.SentAt + SameMoment && other.Sequence < change.Sequence));
}
