namespace BrxSync.Sync.Stock;

/// <summary>
/// The second half of rule R8: a read decides about an adjustment whose answer was lost, by comparing what CardTrader has with what it
/// would have. A sale that is not known yet looks like the effect of the adjustment; so the orders up to the read must be known first.
/// </summary>
internal static class DoubtRule
{
    /// <summary>Decides about an adjustment in doubt.</summary>
    /// <param name="change">The adjustment. Its baseline is what CardTrader had before it was sent.</param>
    /// <param name="read">A read that began after it was sent.</param>
    /// <param name="counted">What counts of the product's sales.</param>
    /// <param name="others">Our other changes of the product.</param>
    /// <param name="ordersKnownUntil">All orders up to this instant are known, because they were polled then.</param>
    public static DoubtVerdict Decide(
        LocalChange change, Reading read, IEnumerable<SalePart> counted, IEnumerable<LocalChange> others, DateTimeOffset ordersKnownUntil)
    {
        ArgumentNullException.ThrowIfNull(change);

        if (read.Window.From <= change.SentAt || ordersKnownUntil < read.Window.To)
        {
            return DoubtVerdict.Open;
        }

        if (change.Baseline is not { } before)
        {
            return DoubtVerdict.Unexplained;
        }

        var expected = before.Quantity;
        foreach (var part in counted)
        {
            switch ((part.At.SideOf(before.Window), part.At.SideOf(read.Window)))
            {
                case (WindowSide.Inside, _) or (_, WindowSide.Inside):
                    return DoubtVerdict.Open;
                case (WindowSide.After, WindowSide.Before):
                    expected -= part.Quantity;
                    break;
            }
        }

        foreach (var other in others.Where(other => other.Id != change.Id && other.Kind == ChangeKind.Adjust))
        {
            switch ((other.SideOf(before.Window), other.SideOf(read.Window)))
            {
                case (WindowSide.Inside, _) or (_, WindowSide.Inside):
                    return DoubtVerdict.Open;
                case (WindowSide.After, WindowSide.Before):
                    expected += other.Delta;
                    break;
            }
        }

        var withEffect = Math.Max(0, expected + change.Delta);
        return read.Quantity == withEffect ? DoubtVerdict.HadEffect
            : read.Quantity == expected ? DoubtVerdict.HadNoEffect
            : DoubtVerdict.Unexplained;
    }
}
