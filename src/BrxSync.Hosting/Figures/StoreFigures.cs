using BrxSync.Hosting.Jobs;
using BrxSync.Sync.DeadLetters;
using BrxSync.Sync.Feed;
using BrxSync.Sync.Reconciliation;

namespace BrxSync.Hosting.Figures;

/// <summary>The figures that are read from the store for all processes: freshness, dead letters, feeds, queues.</summary>
internal sealed class StoreFigures(SyncFreshness freshness, OpenDeadLetters letters, FeedLag feeds, QueueDepths queues)
{
    /// <summary>Reads them anew.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await freshness.RefreshAsync(cancellationToken).ConfigureAwait(false);
        await letters.RefreshAsync(cancellationToken).ConfigureAwait(false);
        await feeds.RefreshAsync(cancellationToken).ConfigureAwait(false);
        await queues.RefreshAsync(cancellationToken).ConfigureAwait(false);
    }
}
