using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Retention;

/// <summary>Has the books of an account forget orders, a batch in a step: what the rules may still ask for is for them to say.</summary>
internal sealed class OrderRetention(IRetentionStore store, StockSteps steps)
{
    /// <summary>Forgets what may be forgotten.</summary>
    /// <param name="account">The account.</param>
    /// <param name="before">Orders of which nothing new was heard since.</param>
    /// <param name="limit">How many are looked at in one step.</param>
    /// <param name="cancellationToken">Cancels between two steps.</param>
    /// <returns>How many orders, and how many rows of their items.</returns>
    public async Task<(long Orders, long Lines)> RunAsync(
        AccountId account, DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var (orders, lines) = (0L, 0L);
        IReadOnlyList<HeardOrder> heard = [];
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            heard = await store.ListOrdersAsync(
                account, before, heard.Count == 0 ? null : heard[^1], limit, cancellationToken).ConfigureAwait(false);
            if (heard.Count > 0)
            {
                var writes = await ForgetAsync(account, [.. heard.Select(order => order.Order)], before, cancellationToken)
                    .ConfigureAwait(false);
                orders += writes.ForgottenOrders.Count;
                lines += writes.DroppedLines.Count;
            }
        }
        while (heard.Count == limit);
        return (orders, lines);
    }

    private Task<StockWrites> ForgetAsync(
        AccountId account, Client.OrderId[] orders, DateTimeOffset before, CancellationToken cancellationToken) => steps.RunAsync(
        account,
        new StockScope { Orders = orders, ForgetsOrders = true },
        step =>
        {
            var since = step.Loaded?.ReadBegunAt < before ? step.Loaded.ReadBegunAt.Value : before;
            step.Apply(books => books.Forget(orders, since), string.Empty);
            return step.Writes();
        },
        cancellationToken);
}
