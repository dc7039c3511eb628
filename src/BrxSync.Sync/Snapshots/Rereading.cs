using BrxSync.Client;
using BrxSync.Client.Errors;
using BrxSync.Client.Inventory;
using BrxSync.Client.RateLimiting;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Operations;
using BrxSync.Sync.Stock;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Snapshots;

/// <summary>
/// Reads products again about whose quantity something is in doubt: one cheap call a blueprint, whatever number of requests it meets.
/// The answer is applied by the rule that snapshots follow.
/// </summary>
public sealed partial class Rereading
{
    private const int RequestsPerRun = 500;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>A request lies this long, so that its read begins surely after whatever was the reason for it, and requests gather.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly IStockStore _store;
    private readonly AccountService _accounts;
    private readonly MarketplaceTime _time;
    private readonly StockNews _news;
    private readonly ILogger<Rereading> _logger;

    internal Rereading(
        IStockStore store, AccountService accounts, MarketplaceTime time, StockNews news, ILogger<Rereading> logger)
    {
        (_store, _accounts, _time, _news, _logger) = (store, accounts, time, news, logger);
    }

    /// <summary>Reads everything that is to be read again and due; <see cref="RereadResult.NextIn"/> tells when more will be.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Stops between blueprints; what was applied stays.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="AccountNotConnectedException">The account is unknown or has no token.</exception>
    /// <exception cref="AccountStoppedException">CardTrader refused the account's token.</exception>
    /// <exception cref="AccountSuspendedException">The account is suspended.</exception>
    /// <exception cref="System.Data.Common.DbException">The database failed; what was applied before stays.</exception>
    public async Task<RereadResult> RunAsync(AccountId accountId, CancellationToken cancellationToken = default)
    {
        var result = new RereadResult { Blueprints = 0, Products = 0, Changed = 0, Postponed = 0 };
        var account = await _accounts.GetActiveAsync(accountId, cancellationToken).ConfigureAwait(false);
        var due = await _store.ListRereadsAsync(accountId, RequestsPerRun, cancellationToken).ConfigureAwait(false);
        foreach (var requests in due.GroupBy(request => request.Blueprint))
        {
            // A request from the future was asked by another clock, or before one was set back: there is nothing to wait for.
            var age = _time.Marketplace.Present.Now - requests.Max(request => request.Request.AskedAt);
            var oldest = _time.Marketplace.Present.Now - requests.Min(request => request.Request.AskedAt);
            if (age > -Pause && age < Pause && oldest < LongestWait)
            {
                var wait = Pause - age;
                result = result with { NextIn = result.NextIn < wait ? result.NextIn : wait };
                continue;
            }

            try
            {
                var (products, changed, again) = await _accounts.CallAsync(
                    accountId,
                    (remote, token) => ReadAsync(account, remote, requests.Key, [.. requests], token),
                    cancellationToken,
                    RateLimitPriority.High).ConfigureAwait(false);
                result = result with
                {
                    Blueprints = result.Blueprints + 1,
                    Products = result.Products + products,
                    Changed = result.Changed + changed,
                    NextIn = again && !(result.NextIn < Pause) ? Pause : result.NextIn,
                };
            }
            catch (Exception exception) when (Postponable.Is(exception))
            {
                await PostponeAsync(accountId, [.. requests], exception.Message, cancellationToken).ConfigureAwait(false);
                result = result with { Postponed = result.Postponed + 1 };
            }
        }

        if (due.Count > 0)
        {
            Log.ProductsReadAgain(_logger, accountId, result.Products, result.Changed, result.Postponed);
        }

        return result;
    }

    private async Task<(int Products, int Changed, bool Again)> ReadAsync(
        Account account,
        ICardTraderAccount remote,
        BlueprintId blueprint,
        IReadOnlyList<DueReread> requests,
        CancellationToken cancellationToken)
    {
        var calls = new TimedCalls(remote, _time);
        var rows = new Dictionary<ProductId, int>();
        await foreach (var product in calls.Remote.Inventory
            .StreamExportAsync(new ProductExportFilter { BlueprintId = blueprint }, cancellationToken).ConfigureAwait(false))
        {
            if (product.UserId is { } seller && account.CardTraderUserId is { } own && seller != own)
            {
                throw new InvalidDataException($"The answer holds stock of seller {seller}, not of {own}.");
            }

            if (!rows.TryAdd(product.Id, product.Quantity) && rows[product.Id] != product.Quantity)
            {
                throw new InvalidDataException($"The answer holds product {product.Id} twice, with different quantities.");
            }
        }

        return await ApplyAsync(account.Id, calls.Window(), requests, rows, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(int Products, int Changed, bool Again)> ApplyAsync(
        AccountId accountId,
        SnapshotWindow window,
        IReadOnlyList<DueReread> requests,
        Dictionary<ProductId, int> rows,
        CancellationToken cancellationToken)
    {
        var session = await _store.OpenAsync(accountId, cancellationToken).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            // They were listed before the read was begun, so it meets them.
            var known = requests.Select(request => request.Request).OfProducts();
            ProductId[] asked = [.. known.Keys];
            var scope = new StockScope { Products = [.. asked.Union(rows.Keys)], SalesSince = window.From };
            var step = new StockStep(await session.LoadAsync(scope, cancellationToken).ConfigureAwait(false));

            var now = _time.Marketplace.Present;
            step.Apply(
                books => books.ApplyReread(window, asked, rows, known, now),
                $"reread {window.From.UtcDateTime:O}");
            var writes = step.Writes(now.Now);
            writes = writes with
            {
                MetRereads =
                [
                    .. writes.MetRereads,
                    .. requests.Select(request => request.Request).Where(request => request.Blueprint is not null),
                ],
            };
            await session.SaveAsync(writes, cancellationToken).ConfigureAwait(false);
            _news.Tell(accountId, writes);
            return (step.Books.Items.Count, writes.Journal.Count, writes.Rereads.Count > 0);
        }
    }

    private Task PostponeAsync(AccountId accountId, IReadOnlyList<DueReread> requests, string reason, CancellationToken cancellationToken)
    {
        Log.BlueprintNotRead(_logger, requests[0].Blueprint.Value, accountId, reason);
        var pause = Backoff.After(requests.Min(request => request.Attempts), LongestPause.OfReread);
        return _store.PostponeRereadsAsync(accountId, requests, _time.Local.GetUtcNow() + pause, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(EventIds.ProductsReadAgain, LogLevel.Information,
            "Account {AccountId}: {Products} products read again, {Changed} changed, {Postponed} blueprints to be tried later")]
        public static partial void ProductsReadAgain(ILogger logger, AccountId accountId, int products, int changed, int postponed);

        [LoggerMessage(EventIds.BlueprintNotRead, LogLevel.Warning, "Blueprint {BlueprintId} of account {AccountId} could not be read, and is tried again: {Reason}")]
        public static partial void BlueprintNotRead(ILogger logger, long blueprintId, AccountId accountId, string reason);
    }
}
