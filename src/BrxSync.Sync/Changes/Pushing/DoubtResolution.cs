using BrxSync.Client;
using BrxSync.Client.RateLimiting;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Accounts;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Rereads;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Time;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Changes.Pushing;

/// <summary>
/// Finds out about changes whose answers were lost: reads their blueprints, then polls the orders up to those reads, and lets the rules
/// decide. What stays open is read again later.
/// </summary>
internal sealed partial class DoubtResolution(
    IChangeStore store,
    AccountAccess accounts,
    IOrderPolling polling,
    DoubtSteps steps,
    MarketplaceTime time,
    ILogger<DoubtResolution> logger)
{
    private const int ChangesPerRun = 500;
    private const int BlueprintsPerRun = 50;

    /// <summary>So long after a read the orders are asked for, that all up to it are surely among them.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(3);

    public async Task<PushResult> RunAsync(AccountRecord account, PushTurn turn, PushResult result, CancellationToken cancellationToken)
    {
        var now = time.Local.GetUtcNow();
        var rows = await store.ListOpenAsync(account.Id, ChangeState.InDoubt, null, 0, ChangesPerRun, cancellationToken)
            .ConfigureAwait(false);
        var due = rows.Where(row => row.Attempt.IsDue(now)).ToArray();
        if (due.Length == 0)
        {
            return result;
        }

        var blueprints = await steps.BlueprintsOfAsync(account, due, cancellationToken).ConfigureAwait(false);
        var known = await steps.RequestsAsync(account, cancellationToken).ConfigureAwait(false);
        var reads = new List<DoubtRead>();
        foreach (var changes in due.Where(row => blueprints.ContainsKey(row.Change.Product))
            .GroupBy(row => blueprints[row.Change.Product]).Take(BlueprintsPerRun))
        {
            await turn.KeepAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                reads.Add(await accounts.CallAsync(
                    account.Id,
                    (remote, token) => ReadAsync(account, remote, changes.Key, [.. changes], token),
                    cancellationToken,
                    RateLimitPriority.High).ConfigureAwait(false));
            }
            catch (Exception exception) when (Postponable.Is(exception))
            {
                Log.NotRead(logger, changes.Key.Value, account.Id, exception.Message);
            }
        }

        if (reads.Any(read => read.Changes.Any(row => row.Change.Kind == ChangeKind.Adjust)))
        {
            var wait = reads.Max(read => read.Window.To) + Apart - time.Marketplace.Present.Now;
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, time.Local, cancellationToken).ConfigureAwait(false);
            await polling.RunAsync(account.Id, cancellationToken).ConfigureAwait(false);
        }

        foreach (var read in reads)
        {
            var (done, failed) = await steps.DecideAsync(account, turn, read, known, cancellationToken).ConfigureAwait(false);
            result = result with { Done = result.Done + done, Failed = result.Failed + failed };
        }

        return result;
    }

    private async Task<DoubtRead> ReadAsync(
        AccountRecord account,
        ICardTraderAccount remote,
        BlueprintId blueprint,
        IReadOnlyList<ChangeRow> changes,
        CancellationToken cancellationToken)
    {
        var answer = await BlueprintRead.ReadAsync(account, remote, blueprint, time, cancellationToken).ConfigureAwait(false);
        var read = new DoubtRead(answer.Window, answer.Products, changes);
        return read with { Sold = await SoldAsync(remote, read, cancellationToken).ConfigureAwait(false) };
    }

    /// <summary>
    /// A product whose last copy was sold is not on sale any more, and was put there all the same. Its orders carry the mark. They are
    /// asked for after the read: a sale after that is of a product that was in it.
    /// </summary>
    private static async Task<IReadOnlyDictionary<Guid, ProductId?>> SoldAsync(
        ICardTraderAccount remote, DoubtRead read, CancellationToken cancellationToken)
    {
        var sold = new Dictionary<Guid, ProductId?>();
        var lost = read.Changes.Select(row => row.Change)
            .Where(change => change.Kind == ChangeKind.Create && ListingRule.IsDecisive(change, read.Window)
                && !read.Products.Values.Any(product => ListingMark.IsOn(product.UserDataField, change)))
            .ToArray();
        if (lost.Length == 0)
        {
            return sold;
        }

        var since = DateOnly.FromDateTime(lost.Min(change => change.SentAt!.Value).UtcDateTime);
        await foreach (var order in remote.Orders.StreamSinceAsync(since, cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in order.Items ?? [])
            {
                foreach (var change in lost.Where(change => ListingMark.IsOn(item.UserDataField, change)))
                {
                    sold[change.Id] = item.ProductId ?? sold.GetValueOrDefault(change.Id);
                }
            }
        }

        return sold;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.DoubtNotRead,
            LogLevel.Warning,
            "Blueprint {BlueprintId} of account {AccountId} could not be read to find out about lost answers; it is tried again: {Reason}")]
        public static partial void NotRead(ILogger logger, long blueprintId, AccountId accountId, string reason);
    }
}
