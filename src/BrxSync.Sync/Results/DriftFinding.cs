using BrxSync.Sync.Reconciliation;

namespace BrxSync.Sync;

/// <summary>The differences of one kind.</summary>
/// <param name="Kind">One of <see cref="DriftKinds"/>.</param>
/// <param name="Count">How many products differ in this way.</param>
/// <param name="Samples">The first of them in the order of their ids, at most <see cref="ReconciliationOptions.SampleCount"/>.</param>
public sealed record DriftFinding(string Kind, long Count, IReadOnlyList<DriftSample> Samples);
