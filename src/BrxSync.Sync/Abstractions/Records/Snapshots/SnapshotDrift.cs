namespace BrxSync.Sync.Abstractions.Records.Snapshots;

/// <summary>What differs between the stage and the stock.</summary>
/// <param name="Different">How many products are on both sides and differ in at least one field.</param>
/// <param name="Findings">The differences by kind, those of which there are any.</param>
internal sealed record SnapshotDrift(long Different, IReadOnlyList<DriftFinding> Findings)
{
    /// <summary>How many products are equal, as the plan saw it.</summary>
    public long Equal { get; init; }
}
