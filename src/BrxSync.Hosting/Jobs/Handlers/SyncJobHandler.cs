using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Runs;

namespace BrxSync.Hosting.Jobs.Handlers;

/// <summary>Runs the full sync that was asked for, and does again what a process that is gone had begun.</summary>
internal sealed class SyncJobHandler(IWorkStore work, SyncRunner runner) : ITakeOver
{
    public WorkKind Kind => WorkKind.Sync;

    public async Task RunAsync(AccountId accountId, CancellationToken cancellationToken)
    {
        if (await work.FindAsync(accountId, cancellationToken).ConfigureAwait(false) is { HasSync: true })
        {
            await RunNowAsync(accountId, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The operation that was begun is cancelled, or closed by this run: nothing waits, and it is to be done all the same.
    /// </summary>
    public async Task TakeOverAsync(AccountId accountId, CancellationToken cancellationToken)
    {
        try
        {
            await RunNowAsync(accountId, cancellationToken).ConfigureAwait(false);
        }
        catch (SyncInProgressException)
        {
            // Somebody has started another run since.
        }
    }

    private Task<SyncResult> RunNowAsync(AccountId accountId, CancellationToken cancellationToken) => runner.RunAsync(
        new RunRequest { AccountId = accountId, Kind = OperationKinds.FullSync, IsJob = true }, null, cancellationToken);
}
