using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Snapshots;

namespace BrxSync.Sync.Retention;

/// <summary>Removes what the tables hold of one account after the other.</summary>
internal sealed class AccountRetention(IRetentionStore store, IAccountStore accounts, OrderRetention orders)
{
    /// <summary>Goes through all accounts.</summary>
    /// <param name="options">How long is kept what.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Cancels between two batches.</param>
    /// <returns>How many rows were removed, and how many of them were items of orders.</returns>
    public async Task<(RetentionResult Result, long Lines)> RunAsync(
        RetentionOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (all, lines) = (new RetentionResult(), 0L);
        await foreach (var account in accounts.StreamAsync(cancellationToken).ConfigureAwait(false))
        {
            var id = account.Id;
            var (forgotten, ofOrders) = await ForgetAsync(id, options, now, cancellationToken).ConfigureAwait(false);
            lines += ofOrders;
            all = all with
            {
                Orders = all.Orders + forgotten,
                JournalEntries = all.JournalEntries + await DropAsync(
                    options.Journal, (before, token) => store.DropJournalAsync(id, before, options.BatchSize, token)).ConfigureAwait(false),
                Deliveries = all.Deliveries + await DropAsync(
                    options.Deliveries,
                    (before, token) => store.DropDeliveriesAsync(id, before, options.BatchSize, token)).ConfigureAwait(false),
                DriftReports = all.DriftReports + await DropAsync(
                    options.DriftReports,
                    (before, token) => store.DropDriftReportsAsync(id, before, options.BatchSize, token)).ConfigureAwait(false),
                Notices = all.Notices + await DropAsync(
                    options.Notices, (before, token) => store.DropNoticesAsync(id, before, options.BatchSize, token)).ConfigureAwait(false),
                Snapshots = all.Snapshots + await DropAsync(
                    options.Snapshots,
                    (before, token) => store.DropSnapshotsAsync(id, before, SnapshotRun.HistoryKept, options.BatchSize, token))
                    .ConfigureAwait(false),
            };
        }

        return (all, lines);

        Task<long> DropAsync(TimeSpan? keep, Func<DateTimeOffset, CancellationToken, Task<int>> drop) =>
            Batches.DropAsync(now - keep, options.BatchSize, drop, cancellationToken);
    }

    private async Task<(long Orders, long Lines)> ForgetAsync(
        AccountId account, RetentionOptions options, DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            return options.Orders is { } keep
                ? await orders.RunAsync(account, now - keep, options.BatchSize, cancellationToken).ConfigureAwait(false)
                : (0, 0);
        }
        catch (AccountUnknownException)
        {
            // It was purged meanwhile.
            return (0, 0);
        }
    }
}
