using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Abstractions;

/// <summary>Keeps the record of operations. Implemented by each database adapter.</summary>
internal interface IOperationStore
{
    /// <summary>
    /// Records a running operation: takes over one of the kind that waits, or makes a new one unless one is live (one atomic step).
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="kind">One of <see cref="OperationKinds"/>.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The operation, or null when another one runs.</returns>
    Task<Operation?> TryStartAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records an operation that waits to be run and shows the account as being synchronized, unless one of the kind is live (one atomic
    /// step). A run that has given no sign of life for five minutes is not live: it is closed as failed.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="kind">One of <see cref="OperationKinds"/>.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The new operation or the live one; null when no calls may be made for the account.</returns>
    Task<QueuedOperation?> QueueAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default);

    /// <summary>
    /// Records an operation as running whose id its caller gives: a new one, or one that has ended or has given no sign of life for five
    /// minutes, which then goes on. A step of its former run that is under way is awaited.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The operation.</param>
    /// <param name="kind">One of <see cref="OperationKinds"/>.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The run; null when it is live elsewhere, or the id is that of something else.</returns>
    /// <exception cref="AccountUnknownException">There is no such account.</exception>
    Task<OperationRun?> BeginAsync(AccountId accountId, string id, string kind, CancellationToken cancellationToken = default);

    /// <summary>Closes the runs of one kind, of all accounts, that have given no sign of life for five minutes, as failed.</summary>
    /// <param name="kind">A kind of <see cref="OperationKinds"/> that has nothing to do with snapshots.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many were closed.</returns>
    Task<int> CloseSilentAsync(string kind, CancellationToken cancellationToken = default);

    /// <summary>Finds an account's live operation of one kind.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="kind">One of <see cref="OperationKinds"/>.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The operation, or null when none is live.</returns>
    Task<Operation?> FindLiveAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default);

    /// <summary>Persists progress and a sign of life.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The operation.</param>
    /// <param name="progress">The counters so far.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False when the operation has ended: whoever runs it must stop.</returns>
    Task<bool> ReportAsync(AccountId accountId, string id, SyncProgress progress, CancellationToken cancellationToken = default);

    /// <summary>Ends a live operation; one that has already ended is left as it is.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The operation.</param>
    /// <param name="status">Any status that is not live.</param>
    /// <param name="progress">The final counters, or null to keep the last ones.</param>
    /// <param name="reasons">Why it was withheld or refused.</param>
    /// <param name="error">A sentence about the failure, or null.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False when it had already ended.</returns>
    Task<bool> CompleteAsync(
        AccountId accountId,
        string id,
        OperationStatus status,
        SyncProgress? progress,
        IReadOnlyList<string> reasons,
        string? error,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Ends a live operation as cancelled, and fences out its run, in one transaction: what was not committed before will not be.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The operation.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False when the account has no such operation, it had ended, or its snapshot was committed.</returns>
    Task<bool> CancelAsync(AccountId accountId, string id, CancellationToken cancellationToken = default);

    /// <summary>
    /// Closes every running operation of one kind and account: as its snapshot says if that was committed, else as failed. Only for
    /// whoever holds the account's run lock: their owner is gone.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="kind">One of <see cref="OperationKinds"/>.</param>
    /// <param name="error">What to record.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many were closed.</returns>
    Task<int> CloseInterruptedAsync(AccountId accountId, string kind, string error, CancellationToken cancellationToken = default);

    /// <summary>Finds an operation of an account.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="id">The operation.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The operation, or null when the account has none of that id.</returns>
    Task<Operation?> FindAsync(AccountId accountId, string id, CancellationToken cancellationToken = default);

    /// <summary>Finds an operation of whichever account, for a caller who knows nothing but its id.</summary>
    /// <param name="id">The operation.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The operation, or null when it is unknown.</returns>
    Task<Operation?> FindAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Lists an account's operations, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="limit">How many at most, 1 to 200.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The operations.</returns>
    Task<IReadOnlyList<Operation>> ListAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default);
}
