using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Catalog;

namespace BrxSync.Sync.Snapshots;

/// <summary>The ports that a full sync writes to, all of one database, and the catalogue that it asks.</summary>
internal sealed record SyncStores(IAccountStore Accounts, IOperationStore Operations, ISnapshotStore Snapshots, ICatalog? Catalog);
