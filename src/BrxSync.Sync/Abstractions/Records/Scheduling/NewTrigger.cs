namespace BrxSync.Sync.Abstractions.Records.Scheduling;

/// <summary>A trigger of a job of the same name and kind.</summary>
internal sealed record NewTrigger(string Name, string Kind, string Queue);
