namespace BrxSync.Sync.Abstractions.Records.Scheduling;

/// <summary>Triggers to be stored together, in the scheduler's own words.</summary>
internal sealed record NewTriggers
{
    /// <summary>Gets the scheduler's name.</summary>
    public required string Scheduler { get; init; }

    /// <summary>Gets the class of the jobs, of those that are not stored yet.</summary>
    public required string JobClass { get; init; }

    /// <summary>Gets the priority.</summary>
    public required int Priority { get; init; }

    /// <summary>Gets when they are due, in the scheduler's time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Gets the triggers.</summary>
    public required IReadOnlyList<NewTrigger> All { get; init; }
}
