using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Orders;

namespace BrxSync.Sync.Orders;

/// <summary>Applies orders that we read ourselves, by the path that deliveries take.</summary>
internal sealed class OrderApplication(StockSteps steps, IDeadLetterStore letters)
{
    private const string Fetched = "The order was fetched after all.";

    private const string Gone = "A poll that went back as far as any found no such row any more.";

    private const int LettersPerPoll = 200;

    /// <summary>Applies polled orders of one account in one transaction. Those that were given up are not fetched again.</summary>
    /// <param name="account">The account as it was when CardTrader was asked.</param>
    /// <param name="reports">What the orders say.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>How many changed what counts, and how many are to be fetched by their ids.</returns>
    public async Task<(int Applied, int ToFetch)> ApplyAsync(
        AccountRecord account, IReadOnlyList<OrderReport> reports, CancellationToken cancellationToken)
    {
        var applied = 0;
        var scope = OrderScope.Of(reports);
        var writes = await steps.RunAsync(
            account.Id,
            scope with { Seller = account.CardTraderUserId, DeadLetters = OrderDeadLetters.Keys(scope.Orders) },
            step =>
            {
                foreach (var report in reports)
                {
                    Apply(step, report);
                    applied += step.Books.LastDisposition == OrderDisposition.Applied ? 1 : 0;
                }

                var differences = step.Writes();
                return differences with { Fetches = Wanted(step, differences.Fetches) };
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

    /// <summary>Asks for orders to be fetched by their ids, but for those that were given up.</summary>
    /// <returns>How many are to be fetched.</returns>
    public async Task<int> AskAsync(AccountRecord account, IReadOnlyCollection<OrderId> orders, CancellationToken cancellationToken)
    {
        var writes = await steps.RunAsync(
            account.Id,
            new StockScope { Seller = account.CardTraderUserId, DeadLetters = OrderDeadLetters.Keys(orders) },
            step =>
            {
                step.Apply(books => books with { Fetches = books.Fetches.Union(Wanted(step, orders)) }, string.Empty);
                return step.Writes();
            },
            cancellationToken).ConfigureAwait(false);
        return writes.Fetches.Count;
    }

    /// <summary>Gives an order up that cannot be fetched, until a person decides about it.</summary>
    public Task GiveUpAsync(AccountRecord account, DueFetch fetch, Exception exception, CancellationToken cancellationToken) =>
        steps.RunAsync(
            account.Id,
            new StockScope { Seller = account.CardTraderUserId },
            step => step.Writes() with { FetchesDone = [fetch], DeadLetters = [OrderDeadLetters.Of(fetch, exception)] },
            cancellationToken);

    /// <summary>
    /// Notes rows of a page that could not be read: an order whose id at least could be is fetched, the others are dead letters.
    /// </summary>
    /// <returns>How many are to be fetched, and how many letters tell of a row.</returns>
    public async Task<(int ToFetch, int Letters)> NoteUnreadableAsync(
        AccountRecord account, OrderPage page, IReadOnlyList<UnreadableRow> rows, CancellationToken cancellationToken)
    {
        var known = rows.Select(OrderDeadLetters.FindOrder).OfType<OrderId>().ToHashSet();
        var toFetch = known.Count == 0 ? 0 : await AskAsync(account, known, cancellationToken).ConfigureAwait(false);
        var entries = rows.Where(row => OrderDeadLetters.FindOrder(row) is null).DistinctBy(OrderDeadLetters.KeyOf)
            .Select(row => OrderDeadLetters.Of(row, page)).ToArray();
        if (entries.Length == 0)
        {
            return (toFetch, 0);
        }

        var writes = await steps.RunAsync(
            account.Id,
            new StockScope { Seller = account.CardTraderUserId, DeadLetters = [.. entries.Select(entry => entry.Key)] },
            step => step.Writes() with
            {
                DeadLetters = [.. entries.Where(entry => step.FindDeadLetter(entry.Key) is not { Status: DeadLetterStatus.Discarded })],
            },
            cancellationToken).ConfigureAwait(false);
        return (toFetch, writes.DeadLetters.Count);
    }

    /// <summary>Settles the letters of rows that a poll did not find any more, although it went back as far as any.</summary>
    public async Task SettleUnreadableAsync(
        AccountRecord account, IReadOnlySet<DeadLetterKey> found, CancellationToken cancellationToken)
    {
        var open = await letters.ListAsync(
            new DeadLetterFilter
            {
                AccountId = account.Id,
                Source = DeadLetterSources.Orders,
                Kind = DeadLetterKinds.UnreadableOrder,
                Status = DeadLetterStatus.Open,
                Limit = LettersPerPoll,
            },
            cancellationToken).ConfigureAwait(false);
        DeadLetterSettlement[] settled =
        [
            .. open.Where(row => !found.Contains(DeadLetterKey.Of(row.Letter)))
                .Select(row => new DeadLetterSettlement(
                    DeadLetterKey.Of(row.Letter), DeadLetterStatus.Replayed, Reason: Gone)),
        ];
        if (settled.Length > 0)
        {
            await steps.RunAsync(
                account.Id,
                new StockScope { Seller = account.CardTraderUserId },
                step => step.Writes() with { SettledDeadLetters = settled },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static OrderId[] Wanted(StockStep step, IEnumerable<OrderId> orders) =>
        [.. orders.Where(order => !OrderDeadLetters.IsGivenUp(step, OrderDeadLetters.KeyOf(order)))];

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
            return writes with
            {
                Fetches = [.. writes.Fetches.Where(order => order != fetch.Order)],
                FetchesDone = [fetch],
                SettledDeadLetters =
                [
                    new DeadLetterSettlement(OrderDeadLetters.KeyOf(fetch.Order), DeadLetterStatus.Replayed, Reason: Fetched),
                ],
            };
        },
        cancellationToken);
}
