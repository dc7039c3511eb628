namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to keep operations. Ids cross as text, times as microseconds.</summary>
internal sealed record OperationStatements
{
    public required string TryStart { get; init; }

    public required string Report { get; init; }

    public required string Complete { get; init; }

    public required string CloseInterrupted { get; init; }

    public required string Find { get; init; }

    public required string List { get; init; }
}
