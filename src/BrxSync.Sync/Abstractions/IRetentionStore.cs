using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Abstractions;

/// <summary>
/// Removes history, a batch in a transaction, the oldest first. Never what a rule may still read. Implemented by each database adapter.
/// </summary>
internal interface IRetentionStore
{
    /// <summary>Removes changes that are decided, and that no read needs any more.</summary>
    /// <param name="before">Those that were last touched earlier.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many were removed; fewer than the limit when there are no more.</returns>
    Task<int> DropChangesAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes entries of an account's journal that every feed of the account has passed; never the last one.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="before">Those that were recorded earlier.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many were removed; fewer than the limit when there are no more.</returns>
    Task<int> DropJournalAsync(AccountId accountId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes dead letters that are settled, but for the last one of an order that was discarded.</summary>
    /// <param name="before">Those that were settled earlier.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many were removed; fewer than the limit when there are no more.</returns>
    Task<int> DropDeadLettersAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes operations that have ended, but for the last one of each kind of an account.</summary>
    /// <param name="before">Those that ended earlier.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many were removed; fewer than the limit when there are no more.</returns>
    Task<int> DropOperationsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes an account's webhook deliveries that are settled.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="before">Those that were received earlier.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many were removed; fewer than the limit when there are no more.</returns>
    Task<int> DropDeliveriesAsync(AccountId accountId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists an account's orders by when they were last heard of, the earliest first. Which of them may go is for the rules to say, in a
    /// step.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="before">Those that were last heard of earlier.</param>
    /// <param name="after">Those that follow this one; null for the first ones.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The orders; fewer than the limit when there are no more.</returns>
    Task<IReadOnlyList<HeardOrder>> ListOrdersAsync(
        AccountId accountId, DateTimeOffset before, HeardOrder? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes an account's drift reports, but for the last one.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="before">Those that were written earlier.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many were removed; fewer than the limit when there are no more.</returns>
    Task<int> DropDriftReportsAsync(AccountId accountId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes an account's notices about orders.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="before">Those that were noticed earlier.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many were removed; fewer than the limit when there are no more.</returns>
    Task<int> DropNoticesAsync(AccountId accountId, DateTimeOffset before, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes the records of an account's snapshots, but for the last one, and, of those that were not refused, the first and the last
    /// ones.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="before">Those that were written earlier.</param>
    /// <param name="last">How many of the last that were not refused stay.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many were removed; fewer than the limit when there are no more.</returns>
    Task<int> DropSnapshotsAsync(
        AccountId accountId, DateTimeOffset before, int last, int limit, CancellationToken cancellationToken = default);
}
