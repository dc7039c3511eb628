using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Feed;

namespace BrxSync.Hosting.Jobs.Handlers;

/// <summary>Hands the changes of the stock to the feeds.</summary>
internal sealed class FeedJobHandler(FeedDelivery feeds) : IJobHandler
{
    public WorkKind Kind => WorkKind.Feed;

    public Task RunAsync(AccountId accountId, CancellationToken cancellationToken) => feeds.RunAsync(accountId, cancellationToken);
}
