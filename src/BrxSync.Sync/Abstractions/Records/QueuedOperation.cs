namespace BrxSync.Sync.Abstractions.Records;

/// <summary>What asking for an operation gave.</summary>
/// <param name="Operation">The operation that waits or runs now.</param>
/// <param name="IsNew">Whether it was made by this request; false gives the one that was live already.</param>
internal sealed record QueuedOperation(Operation Operation, bool IsNew);
