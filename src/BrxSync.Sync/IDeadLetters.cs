namespace BrxSync.Sync;

/// <summary>
/// Lets a person see what was given up, and put it back or drop it. One letter is open for one subject at a time; a further failure is
/// added to it.
/// </summary>
public interface IDeadLetters
{
    /// <summary>Lists an account's dead letters, newest first. Letters that come in meanwhile move none from one page to another.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="query">Which letters, and where to go on; null for the first 50 of all.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>A page. An unknown account has no letters.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 200.</exception>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list: of this account and these filters.</exception>
    Task<DeadLetterPage> ListAsync(AccountId accountId, DeadLetterQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Lists the dead letters of all accounts, newest first, for whoever operates the service.</summary>
    /// <param name="query">Which letters, and where to go on; null for the first 50 of all.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>A page.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 200.</exception>
    /// <exception cref="InvalidCursorException">The cursor is not one of this list: of all accounts and these filters.</exception>
    Task<DeadLetterPage> ListAllAsync(DeadLetterQuery? query = null, CancellationToken cancellationToken = default);

    /// <summary>Counts an account's open dead letters.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>How many are open.</returns>
    Task<long> CountOpenAsync(AccountId accountId, CancellationToken cancellationToken = default);

    /// <summary>Finds a dead letter.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The letter.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The letter, or null when the account has none of this id.</returns>
    Task<DeadLetter?> FindAsync(AccountId accountId, Guid id, CancellationToken cancellationToken = default);

    /// <summary>Puts the work of a letter back and settles the letter, both or none of it. The jobs take the work up at once.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The letter.</param>
    /// <param name="by">Who asked for it, at most 200 characters; null when that is nobody's business.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>The letter, which is replayed now.</returns>
    /// <exception cref="ArgumentException">The name is too long.</exception>
    /// <exception cref="DeadLetterUnknownException">The account has no letter of this id.</exception>
    /// <exception cref="DeadLetterSettledException">It is settled already; nothing was changed.</exception>
    /// <exception cref="DeadLetterNotReplayableException">
    /// This version knows no way to do its work again; nothing was changed.
    /// </exception>
    /// <exception cref="DeadLetterSupersededException">
    /// A later change or operation made it useless (<see cref="DeadLetter.SupersededBy"/>); nothing was changed.
    /// </exception>
    Task<DeadLetter> ReplayAsync(AccountId accountId, Guid id, string? by = null, CancellationToken cancellationToken = default);

    /// <summary>Drops the work of a letter for good.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The letter.</param>
    /// <param name="reason">Why, in 1 to 500 characters.</param>
    /// <param name="by">Who asked for it, at most 200 characters; null when that is nobody's business.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>The letter, which is discarded now.</returns>
    /// <exception cref="ArgumentException">The reason is blank or too long, or the name is too long.</exception>
    /// <exception cref="DeadLetterUnknownException">The account has no letter of this id.</exception>
    /// <exception cref="DeadLetterSettledException">It is settled already; nothing was changed.</exception>
    Task<DeadLetter> DiscardAsync(
        AccountId accountId, Guid id, string reason, string? by = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Replays all open letters that a query asks for, from the newest to the oldest, each in a step of its own. What cannot be replayed
    /// is counted and left open. Letters that are written meanwhile are not met.
    /// </summary>
    /// <param name="accountId">The account; null for all.</param>
    /// <param name="query">
    /// Which letters: their status is null or <see cref="DeadLetterStatus.Open"/>, the limit is how many are read at a time, and the cursor
    /// is null or <see cref="DeadLetterProgress.Cursor"/> of a replay of the same query that did not come to its end.
    /// </param>
    /// <param name="by">Who asked for it, at most 200 characters; null when that is nobody's business.</param>
    /// <param name="progress">Is told after each letter; null when nobody wants to know.</param>
    /// <param name="cancellationToken">Ends it between two letters; what was replayed stays so.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="ArgumentException">The name is too long, or letters are asked for that are settled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 200.</exception>
    /// <exception cref="InvalidCursorException">The cursor is not one of this query.</exception>
    Task<DeadLetterProgress> ReplayAllAsync(
        AccountId? accountId,
        DeadLetterQuery query,
        string? by = null,
        IProgress<DeadLetterProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>Discards all open letters that a query asks for, as <see cref="ReplayAllAsync"/> replays them.</summary>
    /// <param name="accountId">The account; null for all.</param>
    /// <param name="query">Which letters; as for <see cref="ReplayAllAsync"/>.</param>
    /// <param name="reason">Why, in 1 to 500 characters.</param>
    /// <param name="by">Who asked for it, at most 200 characters; null when that is nobody's business.</param>
    /// <param name="progress">Is told after each letter; null when nobody wants to know.</param>
    /// <param name="cancellationToken">Ends it between two letters; what was discarded stays so.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="ArgumentException">
    /// The reason is blank or too long, the name is too long, or letters are asked for that are settled.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not from 1 to 200.</exception>
    /// <exception cref="InvalidCursorException">The cursor is not one of this query.</exception>
    Task<DeadLetterProgress> DiscardAllAsync(
        AccountId? accountId,
        DeadLetterQuery query,
        string reason,
        string? by = null,
        IProgress<DeadLetterProgress>? progress = null,
        CancellationToken cancellationToken = default);
}
