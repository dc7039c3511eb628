namespace BrxSync.Sync;

/// <summary>
/// What can be started and watched, and how each run ended: full syncs, dry runs, reconciliations, bulk edits, in whichever
/// process they run.
/// </summary>
public interface IOperations
{
    /// <summary>Finds an operation.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The operation, or null when there is none of this id.</returns>
    Task<Operation?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Finds the operation of a kind that is pending or running for an account.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="kind">One of <see cref="OperationKinds"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The operation, or null when none is live.</returns>
    Task<Operation?> FindLiveAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default);

    /// <summary>Lists an account's operations, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="limit">How many at most, 1 to 200.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The operations.</returns>
    Task<IReadOnlyList<Operation>> ListAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Watches an operation until it has ended, wherever it runs: gives it as it is now, then whenever it has changed, about once a second.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the watching, not the operation.</param>
    /// <returns>The operation as it changes; nothing when there is none of this id.</returns>
    IAsyncEnumerable<Operation> WatchAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Cancels an operation, wherever it runs. When this returns true nothing of it will be applied, nothing more of a bulk edit, and its
    /// run ends within about a second.
    /// </summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>False when there is no such operation, or it has ended already.</returns>
    Task<bool> CancelAsync(string id, CancellationToken cancellationToken = default);
}
