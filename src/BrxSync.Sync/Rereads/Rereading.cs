using BrxSync.Client;
using BrxSync.Client.RateLimiting;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Steps;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Time;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Rereads;

/// <summary>
/// Reads products again about whose quantity something is in doubt: one cheap call a blueprint, whatever number of requests it meets.
/// The answer is applied by the rule that snapshots follow.
/// </summary>
internal sealed partial class Rereading : IRereads
{
    private const int RequestsPerRun = 500;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A request lies this long, so that its read begins surely after whatever was the reason for it, and requests gather.
    /// </summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly IStockStore _store;
    private readonly AccountAccess _accounts;
    private readonly MarketplaceTime _time;
    private readonly StockSteps _steps;
    private readonly ILogger<Rereading> _logger;

    public Rereading(
        IStockStore store, AccountAccess accounts, MarketplaceTime time, StockSteps steps, ILogger<Rereading> logger)
    {
        (_store, _accounts, _time, _steps, _logger) = (store, accounts, time, steps, logger);
    }

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
        AccountRecord account,
        ICardTraderAccount remote,
        BlueprintId blueprint,
        IReadOnlyList<DueReread> requests,
        CancellationToken cancellationToken)
    {
        var read = await BlueprintRead.ReadAsync(account, remote, blueprint, _time, cancellationToken).ConfigureAwait(false);
        var rows = read.Products.ToDictionary(product => product.Key, product => product.Value.Quantity);
        return await ApplyAsync(account, read.Window, requests, rows, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(int Products, int Changed, bool Again)> ApplyAsync(
        AccountRecord account,
        SnapshotWindow window,
        IReadOnlyList<DueReread> requests,
        Dictionary<ProductId, int> rows,
        CancellationToken cancellationToken)
    {
        // They were listed before the read was begun, so it meets them.
        var known = requests.Select(request => request.Request).OfProducts();
        ProductId[] asked = [.. known.Keys];
        var items = 0;
        var writes = await _steps.RunAsync(
            account.Id,
            new StockScope { Seller = account.CardTraderUserId, Products = [.. asked.Union(rows.Keys)], SalesSince = window.From },
            step =>
            {
                step.Apply(books => books.ApplyReread(window, asked, rows, known, step.Now), $"reread {window.From.UtcDateTime:O}");
                items = step.Books.Items.Count;
                var differences = step.Writes();
                var blueprints = requests.Select(request => request.Request).Where(request => request.Blueprint is not null);
                return differences with { MetRereads = [.. differences.MetRereads, .. blueprints] };
            },
            cancellationToken).ConfigureAwait(false);
        return (items, writes.Journal.Count, writes.Rereads.Count > 0);
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

        [LoggerMessage(
            EventIds.BlueprintNotRead,
            LogLevel.Warning,
            "Blueprint {BlueprintId} of account {AccountId} could not be read, and is tried again: {Reason}")]
        public static partial void BlueprintNotRead(ILogger logger, long blueprintId, AccountId accountId, string reason);
    }
}
