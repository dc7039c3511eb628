namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to keep what was learned about blueprints. Lists cross as JSON, times as microseconds.</summary>
internal sealed record BlueprintPropertyStatements
{
    public required string Find { get; init; }

    /// <summary>Two statements: the sets that are new, then the blueprints that refer to them.</summary>
    public required string Save { get; init; }
}
