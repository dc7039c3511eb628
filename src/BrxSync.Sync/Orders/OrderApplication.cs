using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Orders;

/// <summary>Applies orders that we read ourselves, by the path that deliveries take.</summary>
internal sealed class OrderApplication(StockSteps steps)
{
    /// <summary>Applies orders of one account in one transaction.</summary>
    /// <param name="account">The account as it was when CardTrader was asked.</param>
    /// <param name="reports">What the orders say.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>How many changed what counts, and how many are to be fetched by their ids.</returns>
    public async Task<(int Applied, int ToFetch)> ApplyAsync(
        AccountRecord account, IReadOnlyList<OrderReport> reports, CancellationToken cancellationToken)
    {
        var applied = 0;
        var writes = await steps.RunAsync(
            account.Id,
            OrderScope.Of(reports) with { Seller = account.CardTraderUserId },
            step =>
            {
                foreach (var report in reports)
                {
                    Apply(step, report);
                    applied += step.Books.LastDisposition == OrderDisposition.Applied ? 1 : 0;
                }

                return step.Writes();
            },
            cancellationToken).ConfigureAwait(false);
        return (applied, writes.Fetches.Count);
    }

    /// <summary>Applies an order that was fetched.</summary>
    public Task ApplyFetchedAsync(AccountRecord account, OrderReport report, DueFetch fetch, CancellationToken cancellationToken) =>
        FetchedAsync(account, OrderScope.Of([report]), step => Apply(step, report), fetch, cancellationToken);

    /// <summary>Applies that CardTrader does not know an order.</summary>
    public Task ApplyNotFoundAsync(
        AccountRecord account, DueFetch fetch, SnapshotWindow window, CancellationToken cancellationToken) => FetchedAsync(
        account,
        new StockScope { Orders = [fetch.Order] },
        step => step.Apply(books => books.ApplyNotFound(fetch.Order, OrderMoment.OfRead(window), step.Now), SourceId(fetch.Order)),
        fetch,
        cancellationToken);

    /// <summary>Asks for orders to be fetched by their ids.</summary>
    public Task AskAsync(AccountRecord account, IReadOnlyCollection<OrderId> orders, CancellationToken cancellationToken) => steps.RunAsync(
        account.Id,
        new StockScope { Seller = account.CardTraderUserId },
        step =>
        {
            step.Apply(books => books with { Fetches = books.Fetches.Union(orders) }, string.Empty);
            return step.Writes();
        },
        cancellationToken);

    private static string SourceId(OrderId order) => $"order {order}";

    private static void Apply(StockStep step, OrderReport report) =>
        step.Apply(books => books.Apply(report, step.Now), SourceId(report.Id));

    private Task<StockWrites> FetchedAsync(
        AccountRecord account,
        StockScope scope,
        Action<StockStep> apply,
        DueFetch fetch,
        CancellationToken cancellationToken) => steps.RunAsync(
        account.Id,
        scope with { Seller = account.CardTraderUserId },
        step =>
        {
            apply(step);
            var writes = step.Writes();
            return writes with { Fetches = [.. writes.Fetches.Where(order => order != fetch.Order)], FetchesDone = [fetch] };
        },
        cancellationToken);
}
