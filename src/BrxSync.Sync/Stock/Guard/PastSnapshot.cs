namespace BrxSync.Sync.Stock.Guard;

/// <summary>What the guard remembers of an earlier snapshot of the same account.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="CanBeConfirmed">True when it was withheld for nothing but what repetition or an operator's word can confirm.</param>
/// <param name="Fall">Its counts.</param>
/// <param name="Currency">The currency that all its rows agreed on, where that was another than the account's.</param>
internal sealed record PastSnapshot(SnapshotOutcome Outcome, bool CanBeConfirmed, SnapshotFall Fall, string? Currency = null);
