using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Abstractions;

/// <summary>
/// Keeps which jobs failed, how often, and when each is tried again, so that neither the end of a process nor another one begins to
/// count anew. What is given up is written by steps on the stock, with its dead letter.
/// </summary>
internal interface IJobRetryStore
{
    /// <summary>Finds the job of a kind that failed.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="kind">The kind of the job.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>What is known of it; null when it did not fail.</returns>
    Task<JobRetry?> FindAsync(AccountId accountId, WorkKind kind, CancellationToken cancellationToken = default);

    /// <summary>Keeps that a job is tried again, and shows its operation as retrying: both or none of it.</summary>
    /// <param name="retry">The job.</param>
    /// <param name="error">What went wrong, for people.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>False when its operation has ended meanwhile: then nothing is to be tried again, and nothing is kept.</returns>
    Task<bool> SaveAsync(JobRetry retry, string error, CancellationToken cancellationToken = default);

    /// <summary>Forgets that a job failed.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="kind">The kind of the job.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when it is forgotten.</returns>
    Task RemoveAsync(AccountId accountId, WorkKind kind, CancellationToken cancellationToken = default);

    /// <summary>Lists jobs whose time has come to be tried again, those that wait longest first.</summary>
    /// <param name="longest">A stored time that lies further ahead than this was stored before the clock was set back.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The jobs.</returns>
    Task<IReadOnlyList<JobRetry>> ListDueAsync(TimeSpan longest, int limit, CancellationToken cancellationToken = default);
}
