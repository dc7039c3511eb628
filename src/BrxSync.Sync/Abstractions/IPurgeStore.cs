namespace BrxSync.Sync.Abstractions;

/// <summary>
/// Removes all that is kept of an account, a batch in a transaction that holds the account's row. Implemented by each database adapter.
/// </summary>
internal interface IPurgeStore
{
    /// <summary>
    /// Gets the tables that hold rows of accounts, in the order in which they are emptied; the accounts' own is not among them.
    /// </summary>
    IReadOnlyList<string> Tables { get; }

    /// <summary>Removes rows of an account that is not connected.</summary>
    /// <param name="accountId">The account. Rows of one that has none in the accounts' own table are removed, too.</param>
    /// <param name="table">One of <see cref="Tables"/>.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many were removed; fewer than the limit when there are no more.</returns>
    /// <exception cref="AccountNotRemovedException">The account is connected; nothing was removed.</exception>
    Task<int> DropAsync(AccountId accountId, string table, int limit, CancellationToken cancellationToken = default);

    /// <summary>Removes the account's own row, if no other table has a row of it any more.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many rows were removed; null when there are others left.</returns>
    /// <exception cref="AccountNotRemovedException">The account is connected; nothing was removed.</exception>
    Task<int?> EndAsync(AccountId accountId, CancellationToken cancellationToken = default);
}
