namespace BrxSync.Sync;

/// <summary>A state that a change reached.</summary>
/// <param name="Status">The state.</param>
/// <param name="At">When.</param>
public sealed record ChangeMilestone(StockChangeStatus Status, DateTimeOffset At);
