using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Hosting.Jobs.Handlers;

/// <summary>
/// Settles what is in doubt about single orders and products: deliveries that waited, orders to fetch, products to read again.
/// </summary>
internal sealed class RereadJobHandler(
    IWebhooks intake, IOrderPolling polling, IRereads rereading, IWorkStore work, IWorkSignal signal, TimeProvider time) : IJobHandler
{
    public WorkKind Kind => WorkKind.Reread;

    public async Task RunAsync(AccountId accountId, CancellationToken cancellationToken)
    {
        var applied = await intake.ApplyWaitingAsync(accountId, cancellationToken).ConfigureAwait(false);
        var fetched = await polling.FetchRequestedAsync(accountId, cancellationToken).ConfigureAwait(false);
        var read = await rereading.RunAsync(accountId, cancellationToken).ConfigureAwait(false);

        if (read.NextIn is { } wait)
        {
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            read = await rereading.RunAsync(accountId, cancellationToken).ConfigureAwait(false);
        }

        // Each of them takes a part at a time. The rest gets a job of its own, so that one account does not hold a place for long; where
        // nothing moved it is left to the sweep.
        if (applied + fetched + read.Blueprints > 0
            && await work.FindAsync(accountId, cancellationToken).ConfigureAwait(false) is { } left
            && (left.HasDeliveries || left.HasOrderFetches || left.HasRereads))
        {
            signal.Raise(accountId, WorkKind.Reread);
        }
    }
}
