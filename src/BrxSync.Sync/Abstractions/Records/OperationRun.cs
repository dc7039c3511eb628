namespace BrxSync.Sync.Abstractions.Records;

/// <summary>One run of an operation that can have several: whoever began it last has it.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="StartedAt">When it began. Each run of an operation begins later than the one before.</param>
internal sealed record OperationRun(string OperationId, DateTimeOffset StartedAt);
