using BrxSync.Client.Errors;

namespace BrxSync.Client.Jobs;

/// <summary>The state of a job. <see cref="JobState.Completed"/> is not success: each element has a verdict of its own.</summary>
public sealed record Job : CardTraderRecord
{
    /// <summary>Gets the id that was asked for.</summary>
    public required JobId Id { get; init; }

    /// <summary>Gets how far the job is.</summary>
    public required JobState State { get; init; }

    /// <summary>Gets the number of elements.</summary>
    public int? SpawnedChildren { get; init; }

    /// <summary>Gets how many elements succeeded.</summary>
    public int? OkCount { get; init; }

    /// <summary>Gets how many elements succeeded with a warning.</summary>
    public int? WarningCount { get; init; }

    /// <summary>Gets how many elements failed.</summary>
    public int? ErrorCount { get; init; }

    /// <summary>Gets the verdicts in the order of the batch. An element without one is in doubt.</summary>
    public IReadOnlyList<JobElementResult> Results { get; init; } = [];

    /// <summary>Gets what is wrong with the job as a whole.</summary>
    public IReadOnlyList<CardTraderFault> Errors { get; init; } = [];

    /// <summary>Gets when the job began (undocumented).</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets when the job ended (undocumented).</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
