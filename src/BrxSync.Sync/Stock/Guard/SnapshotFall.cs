namespace BrxSync.Sync.Stock.Guard;

/// <summary>
/// How many of the products that should be on sale a snapshot still holds. Products at zero do not belong here: the marketplace
/// stops listing them, so their absence is no fall.
/// </summary>
/// <param name="Linked">Products linked, and with copies left, before the run.</param>
/// <param name="Seen">How many of them the snapshot holds.</param>
internal readonly record struct SnapshotFall(long Linked, long Seen)
{
    private const long Rows = 10;
    private const long Divisor = 10; // 10 %, divided by so that no count overflows

    /// <summary>How many are gone.</summary>
    public long Gone => Linked - Seen;

    /// <summary>
    /// True for a fall of more than 10 rows and more than 10 %: more than a day's sales, and what half an export looks like. In a small
    /// shop a few rows are all there is, so there, as at any size, the loss of more than half is one too. An empty export always is.
    /// </summary>
    public bool IsSuspicious => (Gone > Rows && Gone > Linked / Divisor) || Gone > Seen;

    /// <summary>
    /// True when this is a fall itself, and the other one tells of the same. A snapshot that told of none says nothing for one.
    /// </summary>
    public bool Confirms(SnapshotFall other) => IsSuspicious && AgreesWith(other);

    /// <summary>
    /// True when neither fall would be suspicious seen from the other: both snapshots tell the same story. One that holds a product does
    /// not agree with an empty one.
    /// </summary>
    public bool AgreesWith(SnapshotFall other) =>
        !new SnapshotFall(Math.Max(Seen, other.Seen), Math.Min(Seen, other.Seen)).IsSuspicious;
}
