namespace BrxSync.Sync;

/// <summary>
/// Follows the changes of the stock: as a stream, or by the handlers of named feeds, each of which has a cursor for each account that says
/// how far it has come.
/// </summary>
public interface IStockFeed
{
    /// <summary>Streams the entries of an account's journal in the order of their positions, without a gap.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="afterPosition">The position after which to begin; 0 for the beginning.</param>
    /// <param name="follow">Whether to wait for more at the end, until the stream is cancelled, instead of ending.</param>
    /// <param name="cancellationToken">Cancels the stream.</param>
    /// <returns>The entries. No connection is held while they are consumed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The position is below 0.</exception>
    IAsyncEnumerable<JournalEntry> StreamAsync(
        AccountId accountId, long afterPosition = 0, bool follow = false, CancellationToken cancellationToken = default);

    /// <summary>Finds out how far a feed has come with an account.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="feed">The name of the feed.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The cursor, or null when the feed has not seen the account yet.</returns>
    Task<StockFeedCursor?> FindCursorAsync(AccountId accountId, string feed, CancellationToken cancellationToken = default);

    /// <summary>
    /// Moves a cursor, back or forward. A batch that is being handled meanwhile does not move it any more. A feed that is paused stays so.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="feed">The name of the feed.</param>
    /// <param name="position">The position of the last entry that the handler is to be taken to have; 0 for none.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>The cursor as it is now.</returns>
    /// <exception cref="ArgumentException">The name cannot be that of a feed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The position is below 0, or beyond the end of the journal.</exception>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    Task<StockFeedCursor> SetCursorAsync(
        AccountId accountId, string feed, long position, CancellationToken cancellationToken = default);

    /// <summary>Lets a feed that was paused go on, and settles its dead letter. One that waits to try again tries at once.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="feed">The name of the feed.</param>
    /// <param name="by">Who asked for it, at most 200 characters; null when that is nobody's business.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>The cursor as it is now, or null when the feed has not seen the account yet.</returns>
    /// <exception cref="ArgumentException">The name of who asked is too long.</exception>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    Task<StockFeedCursor?> ResumeAsync(
        AccountId accountId, string feed, string? by = null, CancellationToken cancellationToken = default);
}
