namespace BrxSync.Sync.Stock;

/// <summary>
/// How many of the products that should be on sale a snapshot still holds. Products at zero do not belong here: the marketplace
/// stops listing them, so their absence is no fall.
/// </summary>
/// <param name="Linked">Products linked, and with copies left, before the run.</param>
/// <param name="Seen">How many of them the snapshot holds.</param>
internal readonly record struct SnapshotFall(long Linked, long Seen)
{
    private const long Rows = 10;
    private const long Percent = 10;

    /// <summary>How many are gone.</summary>
    public long Gone => Linked - Seen;

    /// <summary>True for a fall of more than 10 rows and more than 10 %: more than a day's sales, and what half an export looks like.</summary>
    public bool IsSuspicious => Gone > Rows && Gone * 100 > Linked * Percent;

    /// <summary>True when neither fall would be suspicious seen from the other: both snapshots tell the same story.</summary>
    public bool AgreesWith(SnapshotFall other) =>
        !new SnapshotFall(Math.Max(Seen, other.Seen), Math.Min(Seen, other.Seen)).IsSuspicious;
}
