namespace BrxSync.Sync;

/// <summary>
/// Lets a person see what became of an account's snapshots, and accept a fall in the number of products, or another currency, that was
/// withheld although it is right: the seller took a part of the stock off sale, or moved.
/// </summary>
public interface ISnapshotReview
{
    /// <summary>Lists an account's snapshots, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="limit">How many at most, 1 to 200.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The snapshots with their verdicts and reasons.</returns>
    Task<IReadOnlyList<SnapshotSummary>> ListAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default);

    /// <summary>
    /// Accepts the fall and the new currency of the account's latest snapshot. The word is kept until a snapshot is applied, and holds
    /// for these alone: the next run applies its own snapshot if it tells of the same, and asks again if it tells of another. Faulty
    /// rows are never accepted.
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="operationId">The operation of the snapshot that the person looked at, as <see cref="ListAsync"/> gave it.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>The snapshot, which is accepted now.</returns>
    /// <exception cref="SnapshotNotAcceptableException">
    /// The operation left no snapshot, a later one came after it, or something else stood in its way.
    /// </exception>
    Task<SnapshotSummary> AcceptAsync(AccountId accountId, string operationId, CancellationToken cancellationToken = default);
}
