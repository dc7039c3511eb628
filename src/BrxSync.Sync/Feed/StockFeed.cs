using System.Runtime.CompilerServices;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Steps;
using Microsoft.Extensions.Logging;

namespace BrxSync.Sync.Feed;

/// <summary>Reads the journal as it grows, and lets a person move cursors. Moving one is a step on the stock, as pausing it is.</summary>
internal sealed partial class StockFeed(
    IFeedStore store, StockSteps steps, JournalPulse pulse, IWorkSignal signal, TimeProvider time, ILogger<StockFeed> logger) : IStockFeed
{
    private const int PageSize = 500;
    private const int LongestName = 200;

    /// <summary>How often to look for what other processes have written; of our own a stream hears at once.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    public IAsyncEnumerable<JournalEntry> StreamAsync(
        AccountId accountId, long afterPosition = 0, bool follow = false, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterPosition);
        return ReadAsync(accountId, afterPosition, follow, cancellationToken);
    }

    public async Task<StockFeedCursor?> FindCursorAsync(
        AccountId accountId, string feed, CancellationToken cancellationToken = default) =>
        await store.FindAsync(accountId, feed, cancellationToken).ConfigureAwait(false) is { } cursor ? ToPublic(accountId, cursor) : null;

    public async Task<StockFeedCursor> SetCursorAsync(
        AccountId accountId, string feed, long position, CancellationToken cancellationToken = default)
    {
        StockFeedRegistration.Checked(feed, nameof(feed));
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        if (position > 0
            && (await store.ListEntriesAsync(accountId, position - 1, 1, cancellationToken).ConfigureAwait(false)).Count == 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(position), position, $"The journal of account {accountId} does not reach that far.");
        }

        await steps.RunAsync(
            accountId,
            new StockScope { Feeds = [feed] },
            step =>
            {
                var cursor = step.Loaded!.Feeds is [var known] ? known : new FeedCursor { Name = feed };
                return step.Writes() with
                {
                    Feeds =
                    [
                        FeedDeadLetters.Resumed(cursor) with { Position = position, PausedAt = cursor.PausedAt, Error = cursor.Error },
                    ],
                };
            },
            cancellationToken).ConfigureAwait(false);
        signal.Raise(accountId, WorkKind.Feed);
        Log.CursorSet(logger, feed, accountId, position);
        return (await FindCursorAsync(accountId, feed, CancellationToken.None).ConfigureAwait(false))!;
    }

    public async Task<StockFeedCursor?> ResumeAsync(
        AccountId accountId, string feed, string? by = null, CancellationToken cancellationToken = default)
    {
        if (by?.Length > LongestName)
        {
            throw new ArgumentException($"The name has {by.Length} characters; at most {LongestName} are kept.", nameof(by));
        }

        var key = FeedDeadLetters.KeyOf(feed);
        await steps.RunAsync(
            accountId,
            new StockScope { Feeds = [feed], DeadLetters = [key] },
            step => step.Writes() with
            {
                Feeds = [.. step.Loaded!.Feeds.Select(FeedDeadLetters.Resumed)],
                SettledDeadLetters = [new DeadLetterSettlement(key, DeadLetterStatus.Replayed, by)],
            },
            cancellationToken).ConfigureAwait(false);
        signal.Raise(accountId, WorkKind.Feed);
        Log.Resumed(logger, feed, accountId);
        return await FindCursorAsync(accountId, feed, CancellationToken.None).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<JournalEntry> ReadAsync(
        AccountId accountId, long position, bool follow, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            // Before the read: what is committed after it is heard of.
            var next = pulse.NextOf(accountId);
            var page = await store.ListEntriesAsync(accountId, position, PageSize, cancellationToken).ConfigureAwait(false);
            foreach (var entry in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                position = entry.Position;
                yield return entry;
            }

            if (page.Count == PageSize)
            {
                continue;
            }

            if (!follow)
            {
                yield break;
            }

            await WaitAsync(next, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(Task next, CancellationToken cancellationToken)
    {
        try
        {
            await next.WaitAsync(LookInterval, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It is looked all the same.
        }
    }

    private static StockFeedCursor ToPublic(AccountId accountId, FeedCursor cursor) => new()
    {
        Feed = cursor.Name,
        AccountId = accountId,
        Position = cursor.Position,
        Lag = Math.Max(0, cursor.JournalPosition - cursor.Position),
        Attempts = cursor.Attempts,
        NotBefore = cursor.NotBefore,
        PausedAt = cursor.PausedAt,
        LastError = cursor.Error,
        UpdatedAt = cursor.UpdatedAt,
    };

    private static partial class Log
    {
        [LoggerMessage(EventIds.FeedCursorSet, LogLevel.Information, "Feed {Feed} of account {AccountId} was set to position {Position}")]
        public static partial void CursorSet(ILogger logger, string feed, AccountId accountId, long position);

        [LoggerMessage(EventIds.FeedResumed, LogLevel.Information, "Feed {Feed} of account {AccountId} goes on")]
        public static partial void Resumed(ILogger logger, string feed, AccountId accountId);
    }
}
