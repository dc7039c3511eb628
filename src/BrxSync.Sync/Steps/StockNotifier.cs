using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Stock.Changes;
using BrxSync.Sync.Stock.Items;
using BrxSync.Sync.Stock.Orders;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Steps;

/// <summary>
/// Tells what a step on the stock left behind: people, in logs and metrics, what they should know of; the jobs, that there is work.
/// </summary>
internal sealed partial class StockNotifier(
    IWorkSignal signal, SyncMetrics metrics, ILogger<StockNotifier> logger, JournalPulse? journal = null)
{
    /// <summary>Tells of what a committed step wrote.</summary>
    public void Tell(AccountId accountId, StockWrites writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        foreach (var line in writes.Journal)
        {
            if (line.Oversold > 0)
            {
                metrics.CountOversell(line.Oversold);
                Log.Oversold(logger, accountId, line.Product.Value, line.Oversold, line.SourceId);
            }
        }

        foreach (var notice in writes.Notices)
        {
            Log.Noticed(logger, accountId, notice.Order.Value, notice.Kind);
        }

        foreach (var letter in writes.DeadLetters)
        {
            metrics.Count(letter);
            Log.GivenUp(logger, letter.Kind, letter.Key.Subject, accountId, letter.Attempts, letter.Error);
        }

        if (writes.Rereads.Count > 0 || writes.Fetches.Count > 0 || writes.FetchesAnew.Count > 0)
        {
            signal.Raise(accountId, WorkKind.Reread);
        }

        if (writes.Changes.Any(static change => change.State is ChangeState.Waiting or ChangeState.InDoubt)
            || writes.Items.Any(static item => item.Hold == HoldState.Due))
        {
            signal.Raise(accountId, WorkKind.Push);
        }

        if (writes.Journal.Count > 0)
        {
            TellJournal(accountId);
        }
    }

    /// <summary>Tells of a commit that wrote entries of the journal.</summary>
    public void TellJournal(AccountId accountId) => journal?.Tell(accountId);

    /// <summary>Tells of the drift that a reconciliation found.</summary>
    public void Tell(SnapshotDrift drift) => metrics.Count(drift);

    private static partial class Log
    {
        [LoggerMessage(EventIds.Oversold, LogLevel.Warning,
            "Account {AccountId} sold {Copies} more copies of product {ProductId} than there were ({SourceId}): the quantity stays at 0")]
        public static partial void Oversold(ILogger logger, AccountId accountId, long productId, int copies, string sourceId);

        [LoggerMessage(
            EventIds.OrderNoticed,
            LogLevel.Warning,
            "Order {OrderId} of account {AccountId} needs a look: {Kind}; the stock was not changed on a guess")]
        public static partial void Noticed(ILogger logger, AccountId accountId, long orderId, OrderNoticeKind kind);

        [LoggerMessage(
            EventIds.DeadLetterWritten,
            LogLevel.Warning,
            "Dead letter: {Kind} of {Subject} (account {AccountId}) is given up after {Attempts} attempts, until somebody replays or discards it: {Reason}")]
        public static partial void GivenUp(
            ILogger logger, string kind, string subject, AccountId accountId, int attempts, string reason);
    }
}
