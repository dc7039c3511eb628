using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Retention;

/// <summary>Removes history by batches, each in a transaction of its own, so that none holds up anybody for long.</summary>
internal sealed partial class RetentionService(
    IRetentionStore store, IAccountStore accounts, IOptions<RetentionOptions> options, TimeProvider time, ILogger<RetentionService> logger)
    : IRetention
{
    private readonly RetentionOptions _options = options.Value;

    public async Task<RetentionResult> RunAsync(CancellationToken cancellationToken = default)
    {
        var result = new RetentionResult
        {
            Changes = await DropAsync(_options.Changes, store.DropChangesAsync, cancellationToken).ConfigureAwait(false),
            JournalEntries = await DropJournalAsync(cancellationToken).ConfigureAwait(false),
            DeadLetters = await DropAsync(_options.DeadLetters, store.DropDeadLettersAsync, cancellationToken).ConfigureAwait(false),
            Operations = await DropAsync(_options.Operations, store.DropOperationsAsync, cancellationToken).ConfigureAwait(false),
        };
        if (result != new RetentionResult())
        {
            Log.HistoryRemoved(logger, result.Changes, result.JournalEntries, result.DeadLetters, result.Operations);
        }

        return result;
    }

    private async Task<long> DropJournalAsync(CancellationToken cancellationToken)
    {
        var dropped = 0L;
        if (_options.Journal is not null)
        {
            await foreach (var account in accounts.StreamAsync(cancellationToken).ConfigureAwait(false))
            {
                dropped += await DropAsync(
                    _options.Journal, (before, limit, token) => store.DropJournalAsync(account.Id, before, limit, token), cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        return dropped;
    }

    private async Task<long> DropAsync(
        TimeSpan? keep, Func<DateTimeOffset, int, CancellationToken, Task<int>> drop, CancellationToken cancellationToken)
    {
        if (keep is not { } age)
        {
            return 0;
        }

        var (before, all) = (time.GetUtcNow() - age, 0L);
        int dropped;
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            dropped = await drop(before, _options.BatchSize, cancellationToken).ConfigureAwait(false);
            all += dropped;
        }
        while (dropped == _options.BatchSize);
        return all;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.HistoryRemoved,
            LogLevel.Information,
            "History was removed that is past its time: {Changes} changes, {Entries} entries of the journal, {Letters} dead letters, {Operations} operations")]
        public static partial void HistoryRemoved(ILogger logger, long changes, long entries, long letters, long operations);
    }
}
