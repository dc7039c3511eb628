namespace BrxSync.Sync.Abstractions.Records;

/// <summary>A job that failed, and when it is tried again. At most one of an account and a kind.</summary>
internal sealed record JobRetry
{
    /// <summary>The account.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>The kind of the job.</summary>
    public required WorkKind Kind { get; init; }

    /// <summary>The operation whose run failed; null where it was none.</summary>
    public string? OperationId { get; init; }

    /// <summary>How often it was tried in vain.</summary>
    public required int Attempts { get; init; }

    /// <summary>When it failed first.</summary>
    public required DateTimeOffset FirstFailedAt { get; init; }

    /// <summary>When it is tried again. One that was given up is left alone until then by what the clock starts.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Whether it was given up: there is a dead letter, which is settled when it succeeds after all.</summary>
    public bool IsGivenUp { get; init; }
}

/// <summary>A job that a step gives up, together with the operation whose run failed.</summary>
/// <param name="Retry">The job.</param>
/// <param name="Error">What went wrong, for people.</param>
/// <param name="At">When it was given up.</param>
internal sealed record GivenUpJob(JobRetry Retry, string Error, DateTimeOffset At);

/// <summary>A full sync that a step queues.</summary>
/// <param name="OperationId">Its operation, if none is live.</param>
/// <param name="TraceParent">The trace of whoever asked for it.</param>
/// <param name="At">When it was asked for.</param>
internal sealed record QueuedSync(string OperationId, string? TraceParent, DateTimeOffset At);
