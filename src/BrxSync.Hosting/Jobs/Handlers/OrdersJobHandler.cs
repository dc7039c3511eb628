using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Hosting.Jobs.Handlers;

/// <summary>Looks for orders whose webhooks were missed.</summary>
internal sealed class OrdersJobHandler(IOrderPolling polling) : IJobHandler
{
    public WorkKind Kind => WorkKind.Orders;

    public Task RunAsync(AccountId accountId, CancellationToken cancellationToken) => polling.RunAsync(accountId, cancellationToken);
}
