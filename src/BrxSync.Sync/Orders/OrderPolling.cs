using System.Runtime.CompilerServices;
using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.Orders;
using BrxSync.Client.RateLimiting;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Orders;

/// <summary>
/// Reads the orders of an account to find what no webhook told of: new orders, changed states, orders that are gone. What it finds takes
/// the same path as a webhook.
/// </summary>
internal sealed partial class OrderPolling : IOrderPolling
{
    private const int FetchedPerRun = 200;

    /// <summary>How many times as often an order is fetched in vain while it is CardTrader that is in trouble.</summary>
    private const int OutagePatience = 3;

    private readonly IStockStore _store;
    private readonly AccountAccess _accounts;
    private readonly OrderApplication _application;
    private readonly MarketplaceTime _time;
    private readonly OrderPollingOptions _options;
    private readonly ILogger<OrderPolling> _logger;

    public OrderPolling(
        IStockStore store,
        AccountAccess accounts,
        OrderApplication application,
        MarketplaceTime time,
        IOptions<OrderPollingOptions> options,
        ILogger<OrderPolling> logger)
    {
        (_store, _accounts, _application, _time, _options, _logger) = (store, accounts, application, time, options.Value, logger);
    }

    public async Task<OrderPollResult> RunAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        // Read first: whatever changes from here on, a change of the seller is noticed.
        var account = await _accounts.GetActiveAsync(accountId, cancellationToken).ConfigureAwait(false);
        var position = await _store.GetOrderPositionAsync(accountId, cancellationToken).ConfigureAwait(false);
        var (result, polled) = await _accounts.CallAsync(
            accountId, (remote, token) => PollAsync(account, remote, position, token), cancellationToken).ConfigureAwait(false);
        result = result with { Fetched = await FetchRequestedAsync(account, cancellationToken).ConfigureAwait(false) };

        // An order that is still to be fetched, or was given up, may hold sales that nobody knows of yet.
        var left = await _store.GetOrderPositionAsync(accountId, cancellationToken).ConfigureAwait(false);
        await _store.SetOrderPositionAsync(
            accountId,
            account.CardTraderUserId,
            left.HasFetches || left.HasDeadLetters ? polled with { KnownUntil = null } : polled,
            cancellationToken).ConfigureAwait(false);
        Log.OrdersPolled(_logger, accountId, result.Read, result.Applied, result.Fetched, result.ToFetch);
        return result;
    }

    public async Task<int> FetchRequestedAsync(AccountId accountId, CancellationToken cancellationToken = default) =>
        await FetchRequestedAsync(
            await _accounts.GetActiveAsync(accountId, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private async Task<int> FetchRequestedAsync(AccountRecord account, CancellationToken cancellationToken)
    {
        var accountId = account.Id;
        var due = await _store.ListFetchesAsync(accountId, FetchedPerRun, cancellationToken).ConfigureAwait(false);
        var fetched = 0;
        foreach (var fetch in due)
        {
            try
            {
                await _accounts.CallAsync(
                    accountId,
                    (remote, token) => FetchAsync(account, remote, fetch, token),
                    cancellationToken,
                    RateLimitPriority.High).ConfigureAwait(false);
                fetched++;
            }
            catch (Exception exception) when (Postponable.Is(exception))
            {
                if (fetch.Attempts + 1 >= MostAttempts(exception))
                {
                    await _application.GiveUpAsync(account, fetch, exception, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                Log.OrderNotFetched(_logger, fetch.Order.Value, accountId, exception.Message);
                await _store.PostponeFetchAsync(
                    accountId,
                    fetch.Order,
                    _time.Local.GetUtcNow() + Backoff.After(fetch.Attempts, LongestPause.OfFetch),
                    cancellationToken).ConfigureAwait(false);
            }
        }

        return fetched;
    }

    private async Task<(OrderPollResult Result, OrderPosition Polled)> PollAsync(
        AccountRecord account, ICardTraderAccount remote, OrderPosition position, CancellationToken cancellationToken)
    {
        var started = _time.Local.GetUtcNow();
        var seen = new HashSet<OrderId>();
        var unreadable = new HashSet<DeadLetterKey>();
        var result = new OrderPollResult { Read = 0, Applied = 0, ToFetch = 0, Fetched = 0 };
        SnapshotWindow? first = null;
        var letters = 0;

        // New orders first, however old the last poll is; then those of the last days, whose states may have changed. Which days those are
        // is asked after the first answer: before it nothing may be known of CardTrader's clock.
        Func<OrderFilter> recent = () => new OrderFilter { From = DateOnly.FromDateTime(StartOf(position, started).UtcDateTime) };
        Func<OrderFilter>[] walks = position.LastOrder is { } last ? [() => new OrderFilter { AfterId = last }, recent] : [recent];
        foreach (var walk in walks.Select(walk => walk()))
        {
            await foreach (var page in PagesAsync(new TimedCalls(remote, _time), walk, cancellationToken).ConfigureAwait(false))
            {
                first ??= page.Window;
                var fresh = page.Orders.Where(order => seen.Add(order.Id)).ToArray();
                var (applied, toFetch) = fresh.Length == 0
                    ? (0, 0)
                    : await _application.ApplyAsync(
                        account, [.. fresh.Select(order => OrderReports.Of(order, page.Window, isDetail: false))], cancellationToken)
                            .ConfigureAwait(false);
                result = result with
                {
                    Read = result.Read + fresh.Length, Applied = result.Applied + applied, ToFetch = result.ToFetch + toFetch,
                };

                // The others go on: such an order is fetched by its id, or a dead letter tells of it.
                var rows = page.Orders.Unreadable.Where(row => unreadable.Add(OrderDeadLetters.KeyOf(row))).ToArray();
                seen.UnionWith(rows.Select(OrderDeadLetters.FindOrder).OfType<OrderId>());
                var (asked, noted) = await _application.NoteUnreadableAsync(account, page, rows, cancellationToken).ConfigureAwait(false);
                result = result with { ToFetch = result.ToFetch + asked };
                letters += noted;
            }
        }

        if (IsDeep(position, started))
        {
            await _application.SettleUnreadableAsync(account, unreadable, cancellationToken).ConfigureAwait(false);
        }

        // An order that stands here, sold within the days that were listed, should have been listed.
        var present = _time.Marketplace.Present;
        var standing = await _store.ListStandingAsync(
            account.Id, StartOf(position, started).AddDays(1), present.Now - _options.ConfirmAfter, present.Latest, cancellationToken)
                .ConfigureAwait(false);
        var missed = standing.Where(order => !seen.Contains(order)).ToArray();
        var missing = missed.Length == 0 ? 0 : await _application.AskAsync(account, missed, cancellationToken).ConfigureAwait(false);

        // A row that nobody could read may be a sale, also when somebody has its letter replayed meanwhile.
        var highest = seen.Count == 0 ? position.LastOrder : seen.MaxBy(order => order.Value);
        return (
            result with { ToFetch = result.ToFetch + missing, Unreadable = unreadable.Count },
            position with { KnownUntil = letters > 0 ? null : first?.From, LastOrder = highest, PolledAt = started });
    }

    private async Task<bool> FetchAsync(
        AccountRecord account, ICardTraderAccount remote, DueFetch fetch, CancellationToken cancellationToken)
    {
        var calls = new TimedCalls(remote, _time);
        var found = await calls.Remote.Orders.FindAsync(fetch.Order, cancellationToken).ConfigureAwait(false);
        var window = calls.Window();
        if (found is null)
        {
            await _application.ApplyNotFoundAsync(account, fetch, window, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _application.ApplyFetchedAsync(account, OrderReports.Of(found, window, isDetail: true), fetch, cancellationToken)
                .ConfigureAwait(false);
        }

        return found is not null;
    }

    /// <summary>How often a fetch may fail in this way before the order is given up.</summary>
    private int MostAttempts(Exception exception) =>
        exception is CardTraderException { IsTransient: true } ? _options.FetchAttempts * OutagePatience : _options.FetchAttempts;

    /// <summary>Walks by ascending id, which nothing that happens meanwhile can disturb; a page that is not full is the last one.</summary>
    private async IAsyncEnumerable<OrderPage> PagesAsync(
        TimedCalls calls, OrderFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var walk = filter with { Sort = OrderSort.IdAscending, PageSize = _options.PageSize };
        var rows = new HashSet<DeadLetterKey>();
        var number = 1;
        while (true)
        {
            var orders = await calls.Remote.Orders.ListAsync(walk, number, cancellationToken).ConfigureAwait(false);
            yield return new OrderPage(orders, calls.Window(), walk, number);
            if (orders.RowCount < walk.PageSize)
            {
                yield break;
            }

            // A full page without anything new would mean that the filter is not heeded: never walk in a circle.
            var last = orders.Select(order => order.Id)
                .Concat(orders.Unreadable.Select(OrderDeadLetters.FindOrder).OfType<OrderId>())
                .Select(order => order.Value).DefaultIfEmpty().Max();
            if (last > (walk.AfterId?.Value ?? 0))
            {
                (walk, number) = (walk with { AfterId = new OrderId(last) }, 1);
            }
            else if (orders.Unreadable.Aggregate(false, (isNew, row) => rows.Add(OrderDeadLetters.KeyOf(row)) || isNew))
            {
                // No row of the page tells where it stands: what follows is on the page after it.
                number++;
            }
            else
            {
                yield break;
            }
        }
    }

    /// <summary>Days back to read: the last few, more on the first poll of a day, and always as far as orders are not known yet.</summary>
    private DateTimeOffset StartOf(OrderPosition position, DateTimeOffset started)
    {
        var from = _time.Marketplace.Present.Now.AddDays(-(IsDeep(position, started) ? _options.DeepDays : _options.RecentDays));
        var known = (position.KnownUntil ?? position.BooksStartedAt ?? from).AddDays(-1);
        return (known < from ? known : from).AddDays(-1);
    }

    private static bool IsDeep(OrderPosition position, DateTimeOffset started) =>
        position.PolledAt is not { } polled || polled.UtcDateTime.Date != started.UtcDateTime.Date;

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.OrdersPolled,
            LogLevel.Information,
            "Orders of account {AccountId} polled: {Read} read, {Applied} of them news, {Fetched} fetched of {ToFetch} that were to be")]
        public static partial void OrdersPolled(ILogger logger, AccountId accountId, int read, int applied, int fetched, int toFetch);

        [LoggerMessage(
            EventIds.OrderNotFetched,
            LogLevel.Warning,
            "Order {OrderId} of account {AccountId} could not be fetched, and is tried again: {Reason}")]
        public static partial void OrderNotFetched(ILogger logger, long orderId, AccountId accountId, string reason);
    }
}
