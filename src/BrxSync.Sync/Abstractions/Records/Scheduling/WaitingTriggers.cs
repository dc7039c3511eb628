namespace BrxSync.Sync.Abstractions.Records.Scheduling;

/// <summary>How many triggers of one queue and priority wait, and since when the oldest is due, in ticks of the scheduler's time.</summary>
internal sealed record WaitingTriggers(string Queue, int Priority, int Count, long OldestTicks);
