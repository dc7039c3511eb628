namespace BrxSync.Sync;

/// <summary>One run of something that a user can start or see.</summary>
public sealed record Operation
{
    /// <summary>Gets the operation's id (a UUID in text form).</summary>
    public required string Id { get; init; }

    /// <summary>Gets the account it belongs to.</summary>
    public required AccountId AccountId { get; init; }

    /// <summary>Gets its kind, one of <see cref="OperationKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Gets how far it has come.</summary>
    public required OperationStatus Status { get; init; }

    /// <summary>Gets the counters as last persisted, or null before the first.</summary>
    public SyncProgress? Progress { get; init; }

    /// <summary>Gets why the snapshot was withheld or refused, or an empty list.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Gets a sentence about the failure, also of one that is tried again; null where there is none.</summary>
    public string? Error { get; init; }

    /// <summary>Gets when it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the last sign of life of the process that runs it, or null before the first.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }

    /// <summary>Gets when it ended, or null while it lives.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Gets the number of its run, or of its last one where it waits to be tried again.</summary>
    /// <value>1 for the first.</value>
    public int Attempt { get; init; } = 1;

    /// <summary>Gets when it is tried again; null unless it is <see cref="OperationStatus.Retrying"/>.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Gets the number of the run that comes next; null unless it is <see cref="OperationStatus.Retrying"/>.</summary>
    public int? NextAttempt => Status == OperationStatus.Retrying ? Attempt + 1 : null;

    /// <summary>Gets whether it waits, runs or will be tried again.</summary>
    public bool IsLive => Status is OperationStatus.Pending or OperationStatus.Running or OperationStatus.Retrying;
}
