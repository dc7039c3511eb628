using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Hosting.Jobs.Handlers;

/// <summary>Runs the full sync that was asked for, and does again what a process that is gone had begun.</summary>
internal sealed class SyncJobHandler(IWorkStore work, IFullSync sync) : ITakeOver
{
    public WorkKind Kind => WorkKind.Sync;

    public async Task RunAsync(AccountId accountId, CancellationToken cancellationToken)
    {
        if (await work.FindAsync(accountId, cancellationToken).ConfigureAwait(false) is { HasSync: true })
        {
            await sync.RunAsync(new SyncRequest { AccountId = accountId }, null, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The operation that was begun is cancelled, or closed by this run: nothing waits, and it is to be done all the same.
    /// </summary>
    public async Task TakeOverAsync(AccountId accountId, CancellationToken cancellationToken)
    {
        try
        {
            await sync.RunAsync(new SyncRequest { AccountId = accountId }, null, cancellationToken).ConfigureAwait(false);
        }
        catch (SyncInProgressException)
        {
            // Somebody has started another run since.
        }
    }
}
