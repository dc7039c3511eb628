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

    /// <summary>Gets a sentence about the failure, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Gets when it was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the last sign of life of the process that runs it, or null before the first.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }

    /// <summary>Gets when it ended, or null while it lives.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Gets whether it waits, runs or will be tried again.</summary>
    public bool IsLive => Status is OperationStatus.Pending or OperationStatus.Running or OperationStatus.Retrying;
}
