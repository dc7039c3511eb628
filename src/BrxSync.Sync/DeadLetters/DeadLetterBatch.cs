using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.DeadLetters;

/// <summary>
/// Settles all letters that a query asks for, each in a step of its own. It goes from the newest to the oldest by their numbers, so that
/// a letter that is written meanwhile, perhaps because a replay failed, is not met.
/// </summary>
internal static class DeadLetterBatch
{
    private const int MostLetters = 200;

    /// <summary>Reads one letter more than is wanted, which tells whether there is another page.</summary>
    public static Task<IReadOnlyList<NumberedDeadLetter>> ListAsync(
        IDeadLetterStore store, AccountId? accountId, DeadLetterQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.Limit, MostLetters, nameof(query));
        return store.ListAsync(
            new DeadLetterFilter
            {
                AccountId = accountId,
                Source = query.Source,
                Kind = query.Kind,
                Status = query.Status,
                FailedBefore = query.FailedBefore,
                Before = query.Cursor is { } cursor ? DeadLetterCursor.Read(cursor, accountId, query) : null,
                Limit = query.Limit + 1,
            },
            cancellationToken);
    }

    /// <summary>Settles them.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="accountId">The account; null for all.</param>
    /// <param name="query">Which of them.</param>
    /// <param name="settle">Settles one.</param>
    /// <param name="progress">Is told after each letter.</param>
    /// <param name="cancellationToken">Ends it between two letters.</param>
    public static async Task<DeadLetterProgress> RunAsync(
        IDeadLetterStore store,
        AccountId? accountId,
        DeadLetterQuery query,
        Func<DeadLetter, CancellationToken, Task> settle,
        IProgress<DeadLetterProgress>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Status is not (null or DeadLetterStatus.Open))
        {
            throw new ArgumentException($"Only letters that are open can be settled, not those that are {query.Status}.", nameof(query));
        }

        query = query with { Status = DeadLetterStatus.Open };
        var done = new DeadLetterProgress { Cursor = query.Cursor };
        while (true)
        {
            var page = await ListAsync(store, accountId, query, cancellationToken).ConfigureAwait(false);
            foreach (var (number, letter) in page.Take(query.Limit))
            {
                cancellationToken.ThrowIfCancellationRequested();
                done = await SettleAsync(done, () => settle(letter, cancellationToken)).ConfigureAwait(false) with
                {
                    Cursor = DeadLetterCursor.Of(number, accountId, query),
                };
                progress?.Report(done);
            }

            if (page.Count <= query.Limit)
            {
                return done with { Cursor = null };
            }

            query = query with { Cursor = done.Cursor };
        }
    }

    private static async Task<DeadLetterProgress> SettleAsync(DeadLetterProgress done, Func<Task> settle)
    {
        try
        {
            await settle().ConfigureAwait(false);
            return done with { Settled = done.Settled + 1 };
        }
        catch (DeadLetterSupersededException)
        {
            return done with { Superseded = done.Superseded + 1 };
        }
        catch (DeadLetterNotReplayableException)
        {
            return done with { NotReplayable = done.NotReplayable + 1 };
        }
        catch (Exception exception) when (exception is DeadLetterSettledException or DeadLetterUnknownException or AccountUnknownException)
        {
            // Somebody else was faster, or the account was removed.
            return done with { SettledElsewhere = done.SettledElsewhere + 1 };
        }
    }
}
