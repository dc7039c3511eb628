using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Snapshots;

/// <summary>What applying a snapshot would do; a dry run ends here.</summary>
internal sealed record SnapshotPlan
{
    /// <summary>
    /// When CardTrader looked, as far as that matters; null when nobody said. Runs of one account follow each other, so it was after the
    /// last snapshot's look, even if what was learned of the clocks meanwhile lets the window begin a moment before that one's.
    /// </summary>
    public SnapshotWindow? Window { get; init; }

    /// <summary>How many products the snapshot holds.</summary>
    public required long Staged { get; init; }

    /// <summary>How many rows are new.</summary>
    public required long Created { get; init; }

    /// <summary>How many rows differ.</summary>
    public required long Updated { get; init; }

    /// <summary>How many new products are left out because their price cannot be trusted.</summary>
    public required long Unpriced { get; init; }

    /// <summary>How many new products are left out because their rows may not be created.</summary>
    public required long Barred { get; init; }

    /// <summary>How many rows on sale the snapshot lacks: their quantity would become 0.</summary>
    public required long Missing { get; init; }

    /// <summary>The products that should be on sale, and how many of them the snapshot holds.</summary>
    public required SnapshotFall Fall { get; init; }

    /// <summary>How many rows equal the snapshot already.</summary>
    public long Unchanged => Staged - Created - Updated - Unpriced - Barred;

    /// <summary>Gives the window of a snapshot that follows an applied one.</summary>
    /// <param name="window">The window of the request.</param>
    /// <param name="applied">The start of the window of the last snapshot that was applied; null before the first.</param>
    /// <exception cref="SnapshotOutdatedException">The window ends before the other one begins.</exception>
    public static SnapshotWindow? After(SnapshotWindow? window, DateTimeOffset? applied) => (window, applied) switch
    {
        ({ } read, { } last) when read.To <= last => throw new SnapshotOutdatedException(read, last),
        ({ } read, { } last) when read.From <= last => new SnapshotWindow(last.AddMicroseconds(1), read.To),
        _ => window,
    };
}
