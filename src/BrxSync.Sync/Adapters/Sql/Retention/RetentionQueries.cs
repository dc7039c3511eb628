namespace BrxSync.Sync.Adapters.Sql.Retention;

/// <summary>What a dialect says to remove history. Times cross as microseconds.</summary>
internal sealed record RetentionQueries
{
    public required string DropChanges { get; init; }

    public required string DropJournal { get; init; }

    public required string DropDeadLetters { get; init; }

    public required string DropOperations { get; init; }
}
