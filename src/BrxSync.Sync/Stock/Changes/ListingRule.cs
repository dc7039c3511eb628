using BrxSync.Client;
using BrxSync.Sync.Stock.Clocks;

namespace BrxSync.Sync.Stock.Changes;

/// <summary>
/// The half of rule R8 for a product whose putting on sale was not answered: a read of its blueprint decides, by the mark that it was
/// sent with. An equal product without the mark may have taken the copies in, and then nobody can tell.
/// </summary>
internal static class ListingRule
{
    /// <summary>
    /// How long after it was sent a job may still carry it out. Only a read that begins later proves that it never will.
    /// </summary>
    public static readonly TimeSpan LongestJob = TimeSpan.FromMinutes(6);

    /// <summary>Decides about a listing in doubt.</summary>
    /// <param name="change">The listing.</param>
    /// <param name="window">When CardTrader looked.</param>
    /// <param name="marked">The product that carries the mark, if one does.</param>
    /// <param name="hasEqual">Whether there is a product that equals it but for the mark.</param>
    public static DoubtVerdict Decide(LocalChange change, SnapshotWindow window, ProductId? marked, bool hasEqual)
    {
        ArgumentNullException.ThrowIfNull(change);
        return (marked, hasEqual) switch
        {
            (not null, _) => DoubtVerdict.HadEffect,
            _ when !IsDecisive(change, window) => DoubtVerdict.Open,
            (_, true) => DoubtVerdict.Unexplained,
            _ => DoubtVerdict.HadNoEffect,
        };
    }

    /// <summary>Says whether a read that lacks the product proves something.</summary>
    public static bool IsDecisive(LocalChange change, SnapshotWindow window)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.SentAt is { } sent && window.From > sent + LongestJob;
    }
}
