using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Abstractions;

/// <summary>
/// One snapshot on its way into the stock, first phase: it holds the account's run lock, and its rows are staged batch by batch. Once the
/// stream is complete, <see cref="PlanAsync"/> opens the second phase. Disposing it leaves the stock as it was,
/// unless its plan was applied.
/// </summary>
internal interface ISnapshotSession : IAsyncDisposable
{
    /// <summary>Gets the epoch that the session took: what is written under an older one is refused.</summary>
    long Epoch { get; }

    /// <summary>Gets how far a read by expansions came.</summary>
    ISnapshotCursor Cursor { get; }

    /// <summary>Lists the requests for reads that are known now. What is begun after that meets them.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The requests of the account.</returns>
    Task<IReadOnlyList<RereadRequest>> ListRequestsAsync(CancellationToken cancellationToken = default);

    /// <summary>Counts the rows that the last snapshot had.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>How many products the next snapshot is expected to hold.</returns>
    Task<long> CountLinkedAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the account's snapshots that were not refused, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The records.</returns>
    Task<IReadOnlyList<SnapshotRecord>> ListBelievableAsync(int limit, CancellationToken cancellationToken = default);

    /// <summary>Finds what an operator has accepted since the last applied snapshot.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>It, or null when there is no such word.</returns>
    Task<AcceptedSnapshot?> FindAcceptedAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Records a snapshot that was refused, unless another run took the account over; others are recorded with their effect.
    /// </summary>
    /// <param name="record">The snapshot.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when the row is stored.</returns>
    Task RecordRefusedAsync(SnapshotRecord record, CancellationToken cancellationToken = default);

    /// <summary>Adds rows to the stage. No lock on the stock is held.</summary>
    /// <param name="rows">The rows; their memory may be reused when the task has ended.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when the rows are staged.</returns>
    Task StageAsync(ReadOnlyMemory<SnapshotRow> rows, CancellationToken cancellationToken = default);

    /// <summary>
    /// Settles ids that were staged more than once: equal rows become one, rows that differ are all taken out of the stage.
    /// </summary>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>How many rows were dropped as copies, and the ids whose rows differed.</returns>
    Task<DuplicateProducts> SettleDuplicatesAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes the price from staged rows, so that existing rows keep theirs and new ones are not created.</summary>
    /// <param name="rowIndexes">The indexes of the rows.</param>
    /// <param name="allOthers">Whether every row but these is meant.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when the stage is changed.</returns>
    Task WithholdPricesAsync(IReadOnlyList<int> rowIndexes, bool allOthers, CancellationToken cancellationToken = default);

    /// <summary>Opens a transaction, fences out other writers of the account's snapshot, and compares the stage with the stock.</summary>
    /// <param name="comparison">How to find what differs.</param>
    /// <param name="window">
    /// When CardTrader looked: rows that were read or changed here since are noted, for <see cref="ISnapshotPlan.ListTouchedAsync"/>; null
    /// when there is nobody to ask for them.
    /// </param>
    /// <param name="latest">The latest instant that can be the present in CardTrader's clock; null when nobody knows.</param>
    /// <param name="cancellationToken">Cancels the comparison.</param>
    /// <returns>The plan, which has the transaction. The stage is its own from now on.</returns>
    /// <exception cref="SyncFencedException">Another run took the account over meanwhile.</exception>
    Task<ISnapshotPlan> PlanAsync(
        SnapshotComparison comparison = SnapshotComparison.Hash,
        SnapshotWindow? window = null,
        DateTimeOffset? latest = null,
        CancellationToken cancellationToken = default);
}
