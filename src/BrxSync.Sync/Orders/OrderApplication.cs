using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Operations;
using BrxSync.Sync.Stock;

namespace BrxSync.Sync.Orders;

/// <summary>Applies orders that we read ourselves, by the path that deliveries take.</summary>
internal sealed class OrderApplication(IStockStore store, MarketplaceClock clock, StockNews news)
{
    /// <summary>Applies orders of one account in one transaction.</summary>
    /// <returns>How many changed what counts, and how many are to be fetched by their ids.</returns>
    public Task<(int Applied, int ToFetch)> ApplyAsync(
        AccountId accountId, IReadOnlyList<OrderReport> reports, CancellationToken cancellationToken) =>
        ApplyAsync(accountId, reports, null, cancellationToken);

    /// <summary>Applies an order that was fetched.</summary>
    public Task ApplyFetchedAsync(AccountId accountId, OrderReport report, DueFetch fetch, CancellationToken cancellationToken) =>
        ApplyAsync(accountId, [report], fetch, cancellationToken);

    private async Task<(int Applied, int ToFetch)> ApplyAsync(
        AccountId accountId, IReadOnlyList<OrderReport> reports, DueFetch? fetch, CancellationToken cancellationToken)
    {
        var applied = 0;
        var writes = await StepAsync(
            accountId,
            OrderScope.Of(reports),
            (step, now) =>
            {
                foreach (var report in reports)
                {
                    step.Apply(books => books.Apply(report, now), SourceId(report.Id));
                    applied += step.Books.LastDisposition == OrderDisposition.Applied ? 1 : 0;
                }
            },
            fetch,
            cancellationToken).ConfigureAwait(false);
        return (applied, writes.Fetches.Count);
    }

    /// <summary>Applies that CardTrader does not know an order.</summary>
    public Task ApplyNotFoundAsync(AccountId accountId, DueFetch fetch, SnapshotWindow window, CancellationToken cancellationToken) => StepAsync(
        accountId,
        new StockScope { Orders = [fetch.Order] },
        (step, now) => step.Apply(books => books.ApplyNotFound(fetch.Order, OrderMoment.OfRead(window), now), SourceId(fetch.Order)),
        fetch,
        cancellationToken);

    /// <summary>Asks for orders to be fetched by their ids.</summary>
    public Task AskAsync(AccountId accountId, IReadOnlyCollection<OrderId> orders, CancellationToken cancellationToken) => StepAsync(
        accountId,
        new StockScope(),
        (step, _) => step.Apply(books => books with { Fetches = books.Fetches.Union(orders) }, string.Empty),
        null,
        cancellationToken);

    private static string SourceId(OrderId order) => $"order {order}";

    private async Task<StockWrites> StepAsync(
        AccountId accountId,
        StockScope scope,
        Action<StockStep, Present> apply,
        DueFetch? fetched,
        CancellationToken cancellationToken)
    {
        var session = await store.OpenAsync(accountId, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            var step = new StockStep(await session.LoadAsync(scope, cancellationToken).ConfigureAwait(false));
            var now = clock.Present;
            apply(step, now);
            var writes = step.Writes(now.Now);
            if (fetched is { } fetch)
            {
                writes = writes with { Fetches = [.. writes.Fetches.Where(order => order != fetch.Order)], FetchesDone = [fetch] };
            }

            await session.SaveAsync(writes, cancellationToken).ConfigureAwait(false);
            news.Tell(accountId, writes);
            return writes;
        }
    }
}
