namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to read changes. Ids cross as text, times as microseconds.</summary>
internal sealed record ChangeStatements
{
    public required string TryTakeTurn { get; init; }

    public required string EndTurn { get; init; }

    public required string ListOpen { get; init; }

    public required string Find { get; init; }

    public required string FindByReference { get; init; }

    public required string List { get; init; }

    /// <summary>By the partial index of the rows whose copies are to be divided anew.</summary>
    public required string ListDueHolds { get; init; }
}
