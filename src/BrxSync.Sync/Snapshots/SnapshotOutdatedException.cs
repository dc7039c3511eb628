using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// A snapshot is older than the one that the account's stock stands at. Runs come one after the other, so either clock was set back while
/// this one was under way; nothing of it is applied, and the next run is newer.
/// </summary>
internal sealed class SnapshotOutdatedException(SnapshotWindow window, DateTimeOffset applied)
    : Exception(
        $"The snapshot was taken at {window.From:O} by CardTrader's clock, but one of {applied:O} is applied already: a clock was set back. Nothing was changed.");
