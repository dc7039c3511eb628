using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Retention;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Accounts;

/// <summary>Removes all that is kept of an account, by batches; its own row goes last, so that what was interrupted can go on.</summary>
internal sealed partial class AccountPurge(
    IPurgeStore store, RetentionMetrics metrics, IOptions<RetentionOptions> options, ILogger<AccountPurge> logger)
{
    private readonly int _batchSize = options.Value.BatchSize;

    /// <summary>Removes everything.</summary>
    /// <returns>How many rows were removed.</returns>
    /// <exception cref="AccountNotRemovedException">The account is connected.</exception>
    /// <exception cref="AccountUnknownException">Nothing is kept of the account.</exception>
    public async Task<long> RunAsync(AccountId id, IProgress<AccountPurgeProgress>? progress, CancellationToken cancellationToken)
    {
        var rows = 0L;
        int? ended;
        do
        {
            // What was under way when the account was removed can have left something since.
            foreach (var table in store.Tables)
            {
                rows += await EmptyAsync(id, table, rows, progress, cancellationToken).ConfigureAwait(false);
            }

            ended = await store.EndAsync(id, cancellationToken).ConfigureAwait(false);
        }
        while (ended is null);

        metrics.Count("user_sync_settings", ended.Value);
        rows += ended.Value;
        if (rows == 0)
        {
            throw new AccountUnknownException(id);
        }

        Log.AccountPurged(logger, id, rows);
        return rows;
    }

    private async Task<long> EmptyAsync(
        AccountId id, string table, long before, IProgress<AccountPurgeProgress>? progress, CancellationToken cancellationToken)
    {
        var rows = 0L;
        int dropped;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            dropped = await store.DropAsync(id, table, _batchSize, cancellationToken).ConfigureAwait(false);
            metrics.Count(table, dropped);
            rows += dropped;
            if (dropped > 0)
            {
                progress?.Report(new AccountPurgeProgress { Table = table, Rows = before + rows });
            }
        }
        while (dropped == _batchSize);
        return rows;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.AccountPurged, LogLevel.Information, "Account {AccountId} is purged: {Rows} rows were removed, nothing of it is kept")]
        public static partial void AccountPurged(ILogger logger, AccountId accountId, long rows);
    }
}
