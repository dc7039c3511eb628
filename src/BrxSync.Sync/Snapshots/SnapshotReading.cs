using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Snapshots;

/// <summary>When the marketplace looked at its stock, and whether its answer was one.</summary>
/// <param name="Window">The time in its own clock.</param>
/// <param name="Body">Why the body is no stock list; null when it was read to its end, or to the first row of another seller.</param>
internal sealed record SnapshotReading(SnapshotWindow Window, BodyFault? Body);
