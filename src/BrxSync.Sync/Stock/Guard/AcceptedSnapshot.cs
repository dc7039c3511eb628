namespace BrxSync.Sync.Stock.Guard;

/// <summary>What an operator has accepted of a snapshot that was withheld. The word holds for that alone.</summary>
/// <param name="Fall">Its fall; one that is not suspicious where there was none to accept.</param>
/// <param name="Currency">The currency that all its rows agreed on, where that is another than the account's.</param>
internal sealed record AcceptedSnapshot(SnapshotFall Fall, string? Currency);
