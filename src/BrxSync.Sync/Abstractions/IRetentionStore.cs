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
}
