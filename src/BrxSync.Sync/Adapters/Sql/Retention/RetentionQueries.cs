namespace BrxSync.Sync.Adapters.Sql.Retention;

/// <summary>What a dialect says to remove history. Times cross as microseconds.</summary>
internal sealed record RetentionQueries
{
    public required string DropChanges { get; init; }

    public required string DropJournal { get; init; }

    public required string DropDeadLetters { get; init; }

    public required string DropOperations { get; init; }

    public required string DropDeliveries { get; init; }

    /// <summary>Lists orders by when they were last heard of, from a place on.</summary>
    public required string ListOrders { get; init; }

    public required string DropDriftReports { get; init; }

    public required string DropNotices { get; init; }

    /// <summary>Removes snapshots but for the first one and so many of the last.</summary>
    public required string DropSnapshots { get; init; }
}
