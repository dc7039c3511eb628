using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;

namespace BrxSync.Sync.Abstractions;

/// <summary>
/// Keeps how far a read by expansions came, with the rows that it staged. Part of a session, whose run lock it relies on.
/// </summary>
internal interface ISnapshotCursor
{
    /// <summary>Finds what an earlier run left.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The cursor, or null when there is none.</returns>
    Task<SnapshotCursor?> FindAsync(CancellationToken cancellationToken = default);

    /// <summary>Brings the kept rows back into the empty stage.</summary>
    /// <param name="cancellationToken">Cancels the copy.</param>
    /// <returns>The ids of their products.</returns>
    Task<IReadOnlyList<long>> RestoreAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps the rows that were staged since the last time, and the cursor, in one transaction.</summary>
    /// <param name="cursor">How far the run came.</param>
    /// <param name="firstRow">The index of the first row to keep.</param>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>A task that ends when they are stored.</returns>
    /// <exception cref="SyncFencedException">Another run took the account over meanwhile.</exception>
    Task SaveAsync(SnapshotCursor cursor, long firstRow, CancellationToken cancellationToken = default);

    /// <summary>Forgets cursor and kept rows. Applying a snapshot does so too.</summary>
    /// <param name="cancellationToken">Cancels before the commit.</param>
    /// <returns>A task that ends when they are gone.</returns>
    /// <exception cref="SyncFencedException">Another run took the account over meanwhile.</exception>
    Task DropAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the blueprints of linked rows that the stage lacks and that applying would mark missing.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The blueprints in the order of their ids.</returns>
    Task<IReadOnlyList<long>> ListAbsentBlueprintsAsync(CancellationToken cancellationToken = default);
}
