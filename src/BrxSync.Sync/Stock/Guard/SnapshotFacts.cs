using System.Collections.Immutable;

namespace BrxSync.Sync.Stock.Guard;

/// <summary>All that the guard needs to know about a snapshot. Whoever reads it counts; the guard judges.</summary>
internal sealed record SnapshotFacts
{
    /// <summary>The products that should be on sale, and how many of them the snapshot holds.</summary>
    public required SnapshotFall Fall { get; init; }

    /// <summary>Why the body as a whole is no snapshot; null when it was read to its end.</summary>
    public BodyFault? Body { get; init; }

    /// <summary>The first row that belongs to another seller than the others, or than the account; null when there is none.</summary>
    public RowFault? ForeignSeller { get; init; }

    /// <summary>Rows that could not be read, or hold an impossible value. They are skipped.</summary>
    public RowFaults BadRows { get; init; } = RowFaults.None;

    /// <summary>Rows that share an id and differ in content: all of them are skipped, none is believed.</summary>
    public RowFaults ConflictingRows { get; init; } = RowFaults.None;

    /// <summary>The currency the account is known to use; null before its first snapshot.</summary>
    public string? AccountCurrency { get; init; }

    /// <summary>How many rows of the snapshot are priced in each currency.</summary>
    public ImmutableDictionary<string, long> RowsByCurrency { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>The account's earlier complete snapshots, newest first. Those before the first applied one do not matter.</summary>
    public ImmutableArray<PastSnapshot> History { get; init; } = [];

    /// <summary>What an operator has accepted since the last applied snapshot; null when there is no such word.</summary>
    public AcceptedSnapshot? AcceptedByOperator { get; init; }

    /// <summary>The currency that all rows agree on, where that is another than the account's; else null.</summary>
    public string? NewCurrency => AccountCurrency is not null
        && RowsByCurrency.Where(pair => pair.Value > 0).ToArray() is [{ Key: var only }]
        && only != AccountCurrency
        ? only
        : null;
}
