using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Stock.Items;

/// <summary>What CardTrader itself last said about a product.</summary>
/// <param name="Window">When it looked.</param>
/// <param name="Quantity">How many copies it had then; 0 when the product was absent.</param>
internal readonly record struct Reading(SnapshotWindow Window, int Quantity)
{
    /// <summary>
    /// Gives what is left of the reading now. One that is still to come was noted before a clock was set back: CardTrader looked at any
    /// time up to its end, which stays, because the clock may be set right again.
    /// </summary>
    public Reading NoLaterThan(Present present) => present.IsBefore(Window.From)
        ? this with { Window = new SnapshotWindow(DateTimeOffset.UnixEpoch, Window.To) }
        : this;
}
