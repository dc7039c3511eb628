namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to read drift reports. Ids cross as text, times as microseconds.</summary>
internal sealed record DriftStatements
{
    public required string List { get; init; }

    public required string Find { get; init; }
}
