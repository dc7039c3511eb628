using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Stock.Orders;

/// <summary>When goods were sold, in CardTrader's clock.</summary>
/// <param name="At">The instant, or the latest instant it can have been.</param>
/// <param name="IsExact">False when only the latest possible instant is known.</param>
internal readonly record struct SaleTime(DateTimeOffset At, bool IsExact)
{
    /// <summary>
    /// Says whether a read has seen the sale. A sale known only to be no later than an instant may always have been seen.
    /// </summary>
    public WindowSide SideOf(SnapshotWindow window)
    {
        var side = window.SideOf(At);
        return side == WindowSide.After && !IsExact ? WindowSide.Inside : side;
    }

    /// <summary>
    /// Gives what is left of this time now: what is known has happened, whatever a clock that was set back since said then.
    /// </summary>
    public SaleTime NoLaterThan(Present present) => present.IsBefore(At) ? new SaleTime(present.Latest, false) : this;

    /// <summary>True when this time says more than the other about when the same goods were sold.</summary>
    public bool IsBetterThan(SaleTime other) => IsExact == other.IsExact ? !IsExact && At < other.At : IsExact;
}
