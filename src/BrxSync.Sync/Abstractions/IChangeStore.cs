using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Changes;

namespace BrxSync.Sync.Abstractions;

/// <summary>Reads the changes on their way to CardTrader, and says whose turn it is to send them.</summary>
internal interface IChangeStore
{
    /// <summary>Takes the turn to send an account's changes, or keeps it.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="owner">Who takes it.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False when it is another's.</returns>
    Task<bool> TryTakeTurnAsync(AccountId accountId, string owner, TimeSpan duration, CancellationToken cancellationToken = default);

    /// <summary>Gives the turn back, if it is still the owner's.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="owner">Who has it.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when the row is stored.</returns>
    Task EndTurnAsync(AccountId accountId, string owner, CancellationToken cancellationToken = default);

    /// <summary>Lists changes in a state that is not the last one, oldest first, due or not.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="state">The state.</param>
    /// <param name="kind">The kind; null for all.</param>
    /// <param name="after">Only those with a higher sequence.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The changes.</returns>
    Task<IReadOnlyList<ChangeRow>> ListOpenAsync(
        AccountId accountId, ChangeState state, ChangeKind? kind, long after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Finds a change.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The change.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The change, or null when the account has none of this id.</returns>
    Task<ChangeRow?> FindAsync(AccountId accountId, Guid id, CancellationToken cancellationToken = default);

    /// <summary>Finds a change by the caller's own name for it.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="reference">The name.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The change, or null when none has this name.</returns>
    Task<ChangeRow?> FindByReferenceAsync(AccountId accountId, string reference, CancellationToken cancellationToken = default);

    /// <summary>Lists changes, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="itemId">Only those of this row; null for all.</param>
    /// <param name="operationId">Only those of this operation; null for all.</param>
    /// <param name="before">Only those with a lower sequence; null for the newest.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The changes.</returns>
    Task<IReadOnlyList<ChangeRow>> ListAsync(
        AccountId accountId,
        long? itemId,
        string? operationId,
        long? before,
        int limit,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Lists the rows whose copies are to be divided anew between the marketplace and those held back, in the order of their ids.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="after">Only those with a higher id.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The ids of the rows.</returns>
    Task<IReadOnlyList<long>> ListDueHoldsAsync(
        AccountId accountId, long after, int limit, CancellationToken cancellationToken = default);
}
