namespace BrxSync.Sync.Abstractions;

/// <summary>Tells how long ago accounts were last synchronized. Implemented by each database adapter.</summary>
internal interface IFreshnessStore
{
    /// <summary>
    /// Looks at all connected accounts that are not suspended; one that never succeeded counts from when it was connected.
    /// </summary>
    /// <param name="staleBefore">A last success before this instant is stale.</param>
    /// <param name="latest">A last success after this instant cannot be believed, and counts as stale.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The oldest last success, null without any such account, and how many are stale.</returns>
    Task<(DateTimeOffset? Oldest, long Stale)> ReadAsync(
        DateTimeOffset staleBefore, DateTimeOffset latest, CancellationToken cancellationToken = default);
}
