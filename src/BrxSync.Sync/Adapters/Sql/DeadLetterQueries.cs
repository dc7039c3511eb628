using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>What a dialect says to read dead letters. Ids cross as text, times as microseconds.</summary>
internal sealed record DeadLetterQueries
{
    /// <summary>Lists by the index that the filter asks for: conditions that are not there are not in the statement.</summary>
    public required Func<DeadLetterFilter, string> List { get; init; }

    public required string Find { get; init; }

    public required string CountOpen { get; init; }
}
