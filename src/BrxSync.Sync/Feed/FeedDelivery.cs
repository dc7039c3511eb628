using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Retries;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Feed;

/// <summary>Hands the entries of an account's journal to the feeds, one feed after the other.</summary>
internal sealed partial class FeedDelivery(
    StockFeeds feeds, IFeedStore store, FeedCursors cursors, FeedHandlers handlers, FeedWakeups wakeups, ILogger<FeedDelivery> logger)
{
    /// <summary>How many batches of a feed a run hands over: the rest gets a run of its own, so that no account is long at it.</summary>
    private const int MostBatches = 100;

    /// <summary>Hands over what waits, to the feeds that are due. What a handler throws is no failure of the run.</summary>
    public async Task RunAsync(AccountId accountId, CancellationToken cancellationToken)
    {
        foreach (var feed in feeds.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await RunAsync(accountId, feed, feeds.OptionsOf(feed), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(
        AccountId accountId, StockFeedRegistration feed, StockFeedOptions options, CancellationToken cancellationToken)
    {
        var left = MostBatches;

        // Again after each time: who commits while the cursor is held finds it held, and leaves the entry to its holder.
        while (await cursors.TryTakeAsync(accountId, feed.Name, options, cancellationToken).ConfigureAwait(false) is { } taken)
        {
            var held = taken;
            try
            {
                while (left > 0
                    && await store.ListEntriesAsync(accountId, held.Position, options.BatchSize, cancellationToken)
                        .ConfigureAwait(false) is { Count: > 0 } entries)
                {
                    left--;
                    var next = await HandOverAsync(accountId, feed, options, held, entries, cancellationToken).ConfigureAwait(false);
                    if (next is null)
                    {
                        return;
                    }

                    held = next;
                }
            }
            catch
            {
                await ReleaseQuietlyAsync(accountId, held).ConfigureAwait(false);
                throw;
            }

            await cursors.ReleaseAsync(accountId, held, cancellationToken).ConfigureAwait(false);
            if (left == 0)
            {
                wakeups.Raise(accountId);
                return;
            }
        }
    }

    /// <summary>Hands over one batch.</summary>
    /// <returns>The cursor beyond it; null when it is not held any more.</returns>
    private async Task<FeedCursor?> HandOverAsync(
        AccountId accountId,
        StockFeedRegistration feed,
        StockFeedOptions options,
        FeedCursor held,
        IReadOnlyList<JournalEntry> entries,
        CancellationToken cancellationToken)
    {
        var batch = new StockFeedBatch { Feed = feed.Name, AccountId = accountId, Entries = entries, Attempt = held.Attempts };
        if (await handlers.HandleAsync(feed, batch, options.HandlerTimeout, cancellationToken).ConfigureAwait(false) is { } failure)
        {
            await FailAsync(accountId, options, held, batch, failure).ConfigureAwait(false);
            return null;
        }

        // The handler is done with it: that is noted also where the host stops now.
        var next = await cursors.TryMoveAsync(accountId, held, batch.LastPosition, options, CancellationToken.None).ConfigureAwait(false);
        feeds.Metrics.CountDelivered(feed.Name, entries.Count);
        if (next is null)
        {
            Log.Lost(logger, feed.Name, accountId, batch.LastPosition);
        }

        return next;
    }

    private async Task FailAsync(
        AccountId accountId, StockFeedOptions options, FeedCursor held, StockFeedBatch batch, FeedFailure failure)
    {
        var attempts = held.Attempts + 1;
        Log.Failed(logger, batch.Feed, accountId, batch.Entries[0].Position, batch.LastPosition, attempts, failure.Exception);
        if (attempts >= options.Attempts)
        {
            var paused = await cursors.PauseAsync(accountId, held, batch.LastPosition, failure, CancellationToken.None)
                .ConfigureAwait(false);
            feeds.Metrics.Count(batch.Feed, paused ? "paused" : "failed");
            return;
        }

        var wait = Backoff.After(held.Attempts, options.RetryDelay, options.RetryMaxDelay);
        await cursors.PostponeAsync(accountId, held, failure.Message, wait, CancellationToken.None).ConfigureAwait(false);
        feeds.Metrics.Count(batch.Feed, "failed");
        wakeups.RaiseAfter(accountId, batch.Feed, wait);
    }

    /// <summary>What cannot be let go is free when its time is over.</summary>
    private async Task ReleaseQuietlyAsync(AccountId accountId, FeedCursor held)
    {
        try
        {
            await cursors.ReleaseAsync(accountId, held, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            Log.NotReleased(logger, held.Name, accountId, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.FeedBatchFailed,
            LogLevel.Warning,
            "Feed {Feed} could not hand over entries {From} to {To} of account {AccountId} (attempt {Attempt}); they come again")]
        public static partial void Failed(
            ILogger logger, string feed, AccountId accountId, long from, long to, int attempt, Exception exception);

        [LoggerMessage(
            EventIds.FeedCursorLost,
            LogLevel.Warning,
            "Feed {Feed} took too long for entries up to {Position} of account {AccountId}: others went on with them meanwhile, and they may have come twice")]
        public static partial void Lost(ILogger logger, string feed, AccountId accountId, long position);

        [LoggerMessage(
            EventIds.FeedNotReleased,
            LogLevel.Warning,
            "Feed {Feed} of account {AccountId} goes on only when the time of its handler is over: letting go of it failed")]
        public static partial void NotReleased(ILogger logger, string feed, AccountId accountId, Exception exception);
    }
}
