using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Accounts;

namespace BrxSync.Hosting.Jobs;

/// <summary>Records what is asked for and signals it. Where no jobs run, the sweep of a process that runs them finds it.</summary>
internal sealed class BrxSyncJobs(IAccounts accounts, AccountAccess access, IOperationStore operations, IWorkSignal signal) : IBrxSyncJobs
{
    public async Task<Operation> StartSyncAsync(AccountId accountId, bool joinLive = false, CancellationToken cancellationToken = default)
    {
        if ((await access.GetConnectedAsync(accountId, cancellationToken).ConfigureAwait(false)).SuspendedAt is not null)
        {
            await accounts.ResumeAsync(accountId, cancellationToken).ConfigureAwait(false);
        }

        await access.GetActiveAsync(accountId, cancellationToken).ConfigureAwait(false);
        var queued = await operations.QueueAsync(accountId, OperationKinds.FullSync, cancellationToken).ConfigureAwait(false)
            ?? throw new AccountSuspendedException(
                $"Account {accountId} was suspended, stopped or removed at this very moment; nothing was started.");
        if (!queued.IsNew && !joinLive)
        {
            throw new SyncInProgressException($"Account {accountId} is being synchronized already; wait for that run or watch it.")
            {
                OperationId = queued.Operation.Id,
            };
        }

        signal.Raise(accountId, WorkKind.Sync);
        return queued.Operation;
    }
}
