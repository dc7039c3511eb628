using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Orders;

namespace BrxSync.Hosting.Jobs;

/// <summary>Looks for orders whose webhooks were missed.</summary>
internal sealed class OrdersJobHandler(OrderPolling polling) : IJobHandler
{
    public WorkKind Kind => WorkKind.Orders;

    public Task RunAsync(AccountId accountId, CancellationToken cancellationToken) => polling.RunAsync(accountId, cancellationToken);
}
