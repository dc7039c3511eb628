using System.Text.Json.Nodes;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Feeds;
using BrxSync.Sync.Retries;
using BrxSync.Sync.Steps;

namespace BrxSync.Sync.Feed;

/// <summary>
/// Takes hold of cursors and moves them. Each write names the version that it has seen, so that of two processes at once one finds that
/// the other was there, and whoever is late moves nothing back.
/// </summary>
internal sealed class FeedCursors(IFeedStore store, StockSteps steps, TimeProvider time)
{
    /// <summary>What a hold lasts beyond the time that the handler has.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Takes hold of a feed's cursor, so that nobody else hands over entries.</summary>
    /// <returns>The cursor; null when there is nothing to hand over, not now, or somebody else does.</returns>
    public async Task<FeedCursor?> TryTakeAsync(
        AccountId accountId, string feed, StockFeedOptions options, CancellationToken cancellationToken)
    {
        var cursor = await store.FindAsync(accountId, feed, cancellationToken).ConfigureAwait(false);
        if (cursor is null)
        {
            await store.CreateAsync(accountId, feed, options.Start == StockFeedStart.Now, cancellationToken).ConfigureAwait(false);
            cursor = await store.FindAsync(accountId, feed, cancellationToken).ConfigureAwait(false);
        }

        if (cursor is null || cursor.Position >= cursor.JournalPosition || !cursor.IsDue(time.GetUtcNow(), LongestPause.OfFeed))
        {
            return null;
        }

        return await store.TrySaveAsync(
            accountId, Held(cursor with { Holder = Guid.NewGuid().ToString("N") }, options), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Moves a cursor that is held beyond a batch.</summary>
    /// <returns>The cursor; null when it is not held any more.</returns>
    public async Task<FeedCursor?> TryMoveAsync(
        AccountId accountId, FeedCursor held, long position, StockFeedOptions options, CancellationToken cancellationToken)
    {
        var moved = held with { Position = position, Attempts = 0, Error = null };
        if (await store.TrySaveAsync(accountId, Held(moved, options), cancellationToken).ConfigureAwait(false) is { } saved)
        {
            return saved;
        }

        // Somebody has set it meanwhile, which does not end the hold: it goes on from where it was set to.
        var current = await store.FindAsync(accountId, held.Name, cancellationToken).ConfigureAwait(false);
        return current?.Holder == held.Holder && current?.PausedAt is null ? current : null;
    }

    /// <summary>Lets go of a cursor.</summary>
    public Task ReleaseAsync(AccountId accountId, FeedCursor held, CancellationToken cancellationToken) =>
        LetGoAsync(accountId, held, cursor => cursor with { Holder = null, NotBefore = null }, cancellationToken);

    /// <summary>Lets go of a cursor for a while, after an attempt in vain.</summary>
    public Task PostponeAsync(AccountId accountId, FeedCursor held, string error, TimeSpan wait, CancellationToken cancellationToken)
    {
        var notBefore = time.GetUtcNow() + wait;
        return LetGoAsync(
            accountId,
            held,
            cursor => cursor.Position == held.Position
                ? cursor with { Holder = null, NotBefore = notBefore, Attempts = held.Attempts + 1, Error = SafeText.Of(error) }
                : cursor with { Holder = null, NotBefore = null },
            cancellationToken);
    }

    /// <summary>Pauses a feed after its last attempt in vain, and leaves a dead letter; both or none of it.</summary>
    /// <returns>False when it was set elsewhere meanwhile; then it only is let go.</returns>
    public async Task<bool> PauseAsync(
        AccountId accountId, FeedCursor held, long through, FeedFailure failure, CancellationToken cancellationToken)
    {
        var key = FeedDeadLetters.KeyOf(held.Name);
        var writes = await steps.RunAsync(
            accountId,
            new StockScope { Feeds = [held.Name], DeadLetters = [key] },
            added: null,
            step =>
            {
                if (step.Loaded!.Feeds is not [var cursor] || cursor.Holder != held.Holder)
                {
                    return null;
                }

                var free = cursor with { Holder = null, NotBefore = null };
                return cursor.Version != held.Version
                    ? step.Writes() with { Feeds = [free] }
                    : step.Writes() with
                    {
                        Feeds =
                        [
                            free with { Attempts = held.Attempts + 1, Error = SafeText.Of(failure.Message), PausedAt = time.GetUtcNow() },
                        ],
                        DeadLetters = [Letter(key, held, through, failure)],
                    };
            },
            cancellationToken).ConfigureAwait(false);
        return writes.DeadLetters.Count > 0;
    }

    private static DeadLetterEntry Letter(DeadLetterKey key, FeedCursor held, long through, FeedFailure failure) => new()
    {
        Key = key,
        Kind = DeadLetterKinds.FeedBatch,
        Attempts = held.Attempts + 1,
        ErrorCode = failure.Code,
        Error = failure.Message,
        Payload = new JsonObject { ["feed"] = held.Name, ["after"] = held.Position, ["through"] = through }.ToJsonString(),
    };

    private async Task LetGoAsync(
        AccountId accountId, FeedCursor held, Func<FeedCursor, FeedCursor> free, CancellationToken cancellationToken)
    {
        // Whoever sets a cursor may come in between, again and again; nobody else writes one that is held.
        var cursor = held;
        while (cursor?.Holder == held.Holder
            && await store.TrySaveAsync(accountId, free(cursor!), cancellationToken).ConfigureAwait(false) is null)
        {
            cursor = await store.FindAsync(accountId, held.Name, cancellationToken).ConfigureAwait(false);
            if (cursor?.PausedAt is not null)
            {
                return;
            }
        }
    }

    private FeedCursor Held(FeedCursor cursor, StockFeedOptions options) =>
        cursor with { NotBefore = time.GetUtcNow() + options.HandlerTimeout + Grace };
}
