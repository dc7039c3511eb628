using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Snapshots;

/// <summary>The ports that a full sync writes to; all of one database.</summary>
internal sealed record SyncStores(IAccountStore Accounts, IOperationStore Operations, ISnapshotStore Snapshots);
