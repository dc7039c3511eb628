using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Abstractions.Records.Snapshots;

/// <summary>The lasting record of one snapshot.</summary>
internal sealed record SnapshotRecord
{
    /// <summary>The operation that read it.</summary>
    public required string OperationId { get; init; }

    /// <summary>When the marketplace looked at its stock, in its own clock.</summary>
    public required SnapshotWindow Window { get; init; }

    /// <summary>What was decided.</summary>
    public required SnapshotOutcome Outcome { get; init; }

    /// <summary>Whether nothing stood in the way but what repetition or an operator's word can confirm.</summary>
    public bool CanBeConfirmed { get; init; }

    /// <summary>The products that should have been on sale, and how many of them it held.</summary>
    public SnapshotFall Fall { get; init; }

    /// <summary>The currency that all its rows agreed on, where that was another than the account's.</summary>
    public string? NewCurrency { get; init; }

    /// <summary>How many products it held.</summary>
    public long Staged { get; init; }

    /// <summary>How many of its rows were left out.</summary>
    public long Skipped { get; init; }

    /// <summary>When it was stored; of no meaning before.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Why it was withheld or refused.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];
}
