using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Reconciliation;

namespace BrxSync.Hosting.Jobs.Handlers;

/// <summary>
/// Compares an account as a whole. Another run that reads its whole stock does the same, so nothing is missed while one is alive.
/// </summary>
internal sealed class ReconcileJobHandler(StockReconciliation reconciliation) : IJobHandler
{
    public WorkKind Kind => WorkKind.Reconcile;

    public async Task RunAsync(AccountId accountId, CancellationToken cancellationToken)
    {
        try
        {
            await reconciliation.RunJobAsync(accountId, cancellationToken).ConfigureAwait(false);
        }
        catch (SyncInProgressException)
        {
            // The sweep asks again when the interval after that run is over.
        }
    }
}
