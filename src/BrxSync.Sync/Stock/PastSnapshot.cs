namespace BrxSync.Sync.Stock;

/// <summary>What the guard remembers of an earlier snapshot of the same account.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="FallAlone">True when it was withheld for a suspicious fall and nothing else.</param>
/// <param name="Fall">Its counts.</param>
internal sealed record PastSnapshot(SnapshotOutcome Outcome, bool FallAlone, SnapshotFall Fall);
