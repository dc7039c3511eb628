using System.Collections.Immutable;

namespace BrxSync.Sync.Stock.Guard;

/// <summary>One thing the guard found.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The whole finding as a sentence for a person.</param>
/// <param name="Count">How many rows or products it concerns.</param>
/// <param name="Samples">The first rows concerned, with their places; empty when the finding has no rows.</param>
internal sealed record SnapshotReason(SnapshotReasonKind Kind, string Text, long Count, ImmutableArray<RowFault> Samples);
