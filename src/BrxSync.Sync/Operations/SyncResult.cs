namespace BrxSync.Sync;

/// <summary>How a full sync ended.</summary>
public sealed record SyncResult
{
    /// <summary>Gets the id of the operation that records the run.</summary>
    public required string OperationId { get; init; }

    /// <summary>Gets how it ended. Only <see cref="OperationStatus.Completed"/> is success.</summary>
    public required OperationStatus Status { get; init; }

    /// <summary>Gets the final counters.</summary>
    public required SyncProgress Progress { get; init; }

    /// <summary>
    /// Gets why the snapshot was withheld or refused and which rows were left out, each with its place. At most 100 are kept.
    /// </summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Gets a sentence about the failure, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Gets whether the local stock now equals the snapshot.</summary>
    public bool Succeeded => Status == OperationStatus.Completed;
}
