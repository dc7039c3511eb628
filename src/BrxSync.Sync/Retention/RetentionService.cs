using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Retention;

/// <summary>Removes history by batches, each in a transaction of its own, so that none holds up anybody for long.</summary>
internal sealed partial class RetentionService(
    IRetentionStore store,
    AccountRetention accounts,
    RetentionMetrics metrics,
    IOptions<RetentionOptions> options,
    TimeProvider time,
    ILogger<RetentionService> logger) : IRetention
{
    private readonly RetentionOptions _options = options.Value;

    public async Task<RetentionResult> RunAsync(CancellationToken cancellationToken = default)
    {
        var (result, lines) = await accounts.RunAsync(_options, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        result = result with
        {
            Changes = await DropAsync(_options.Changes, store.DropChangesAsync, cancellationToken).ConfigureAwait(false),
            DeadLetters = await DropAsync(_options.DeadLetters, store.DropDeadLettersAsync, cancellationToken).ConfigureAwait(false),
            Operations = await DropAsync(_options.Operations, store.DropOperationsAsync, cancellationToken).ConfigureAwait(false),
        };
        if (result != new RetentionResult())
        {
            Count(result, lines);
            Log.HistoryRemoved(
                logger,
                result.Changes,
                result.JournalEntries,
                result.DeadLetters,
                result.Operations,
                result.Deliveries,
                result.Orders,
                result.DriftReports,
                result.Notices,
                result.Snapshots);
        }

        return result;
    }

    private void Count(RetentionResult result, long lines)
    {
        metrics.Count("pending_changes", result.Changes);
        metrics.Count("stock_journal", result.JournalEntries);
        metrics.Count("dead_letters", result.DeadLetters);
        metrics.Count("sync_operations", result.Operations);
        metrics.Count("webhook_inbox", result.Deliveries);
        metrics.Count("stock_orders", result.Orders);
        metrics.Count("order_stock_ledger", lines);
        metrics.Count("drift_reports", result.DriftReports);
        metrics.Count("stock_notices", result.Notices);
        metrics.Count("sync_snapshots", result.Snapshots);
    }

    private Task<long> DropAsync(
        TimeSpan? keep, Func<DateTimeOffset, int, CancellationToken, Task<int>> drop, CancellationToken cancellationToken) =>
        Batches.DropAsync(
            time.GetUtcNow() - keep,
            _options.BatchSize,
            (before, token) => drop(before, _options.BatchSize, token),
            cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.HistoryRemoved,
            LogLevel.Information,
            "History was removed that is past its time: {Changes} changes, {Entries} entries of the journal, {Letters} dead letters, {Operations} operations, {Deliveries} webhook deliveries, {Orders} orders, {Reports} drift reports, {Notices} notices, {Snapshots} records of snapshots")]
        public static partial void HistoryRemoved(
            ILogger logger,
            long changes,
            long entries,
            long letters,
            long operations,
            long deliveries,
            long orders,
            long reports,
            long notices,
            long snapshots);
    }
}
