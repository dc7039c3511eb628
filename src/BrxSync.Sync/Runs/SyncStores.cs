using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Catalog;
using BrxSync.Sync.Steps;

namespace BrxSync.Sync.Runs;

/// <summary>
/// The ports that a full sync writes to, all of one database, the catalogue that it asks, who is told of what it wrote, and what
/// a failure means.
/// </summary>
internal sealed record SyncStores(
    IAccountStore Accounts,
    IOperationStore Operations,
    ISnapshotStore Snapshots,
    StockNotifier Notifier,
    IStoreFaults Faults,
    ICatalog? Catalog = null);
