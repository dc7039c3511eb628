using BrxSync.Sync.Abstractions.Records.Feeds;

namespace BrxSync.Sync.Abstractions;

/// <summary>
/// Keeps how far each feed has come with each account. Cursors that concern dead letters are written by steps on the stock; here they move.
/// Implemented by each database adapter.
/// </summary>
internal interface IFeedStore
{
    /// <summary>Gives a feed a cursor for a connected account, unless it has one.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="name">The feed.</param>
    /// <param name="fromNow">Whether it begins after the last entry there is, instead of at the beginning.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when it is stored.</returns>
    Task CreateAsync(AccountId accountId, string name, bool fromNow, CancellationToken cancellationToken = default);

    /// <summary>Finds the cursor of a feed.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="name">The feed.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The cursor, or null when the feed has none for this account.</returns>
    Task<FeedCursor?> FindAsync(AccountId accountId, string name, CancellationToken cancellationToken = default);

    /// <summary>Writes a cursor, unless it was written since it was read, or is paused.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cursor">What to write; its version is the one that was read.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The cursor with its new version, or null when nothing was written.</returns>
    Task<FeedCursor?> TrySaveAsync(AccountId accountId, FeedCursor cursor, CancellationToken cancellationToken = default);

    /// <summary>Lists entries of an account's journal after a position, oldest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="afterPosition">The position.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The entries.</returns>
    Task<IReadOnlyList<JournalEntry>> ListEntriesAsync(
        AccountId accountId, long afterPosition, int limit, CancellationToken cancellationToken = default);

    /// <summary>Sums up what the feeds have not handed over yet.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>All feeds that have a cursor.</returns>
    Task<IReadOnlyList<FeedBacklog>> ListBacklogsAsync(CancellationToken cancellationToken = default);
}
