using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Abstractions;

/// <summary>Opens snapshot sessions and keeps the record of snapshots. Implemented by each database adapter.</summary>
internal interface ISnapshotStore
{
    /// <summary>
    /// Opens the one session that an account can have: it holds the account's run lock and a new epoch until it is disposed or its
    /// process dies.
    /// </summary>
    /// <param name="accountId">The account; it must exist.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <returns>The session, or null when another run of the account is alive.</returns>
    Task<ISnapshotSession?> TryOpenAsync(AccountId accountId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps an operator's word for a snapshot, in one atomic step, if that snapshot is the account's latest but refused ones and was
    /// withheld for nothing but what can be confirmed. Applying a snapshot forgets the word.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="operationId">The operation of the snapshot.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False when it is not that snapshot.</returns>
    Task<bool> TryAcceptAsync(AccountId accountId, string operationId, CancellationToken cancellationToken = default);

    /// <summary>Finds what an operator has accepted since the last applied snapshot.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>It, or null when there is no such word.</returns>
    Task<AcceptedSnapshot?> FindAcceptedAsync(AccountId accountId, CancellationToken cancellationToken = default);

    /// <summary>Lists an account's snapshots, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The records.</returns>
    Task<IReadOnlyList<SnapshotRecord>> ListRecentAsync(
        AccountId accountId, int limit, CancellationToken cancellationToken = default);
}
