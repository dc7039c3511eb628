namespace BrxSync.Sync.Abstractions.Records.Snapshots;

/// <summary>What became of products that an export listed more than once.</summary>
/// <param name="Copies">How many equal rows were dropped.</param>
/// <param name="ConflictingRows">How many rows were taken out because they differed.</param>
/// <param name="ConflictingIds">The ids of those rows, at most 100.</param>
internal sealed record DuplicateProducts(long Copies, long ConflictingRows, IReadOnlyList<long> ConflictingIds);
