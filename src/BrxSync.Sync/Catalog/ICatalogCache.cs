using BrxSync.Client;

namespace BrxSync.Sync.Catalog;

/// <summary>
/// A cache that several processes share, between the memory of each and the database. Optional; a fault of it slows a look-up
/// down and never fails it.
/// </summary>
internal interface ICatalogCache
{
    /// <summary>Reads many answers in one call.</summary>
    /// <param name="scope">The catalogue asked: answers of another one are not seen.</param>
    /// <param name="blueprintIds">Distinct ids.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>One answer per id in the same order; null where none is held.</returns>
    Task<IReadOnlyList<CatalogMatch?>> GetManyAsync(
        string scope, IReadOnlyList<BlueprintId> blueprintIds, CancellationToken cancellationToken = default);

    /// <summary>Stores many answers in one call, unknown blueprints included.</summary>
    /// <param name="scope">The catalogue asked.</param>
    /// <param name="entries">The answers, each with how long it may be believed.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that ends when they are stored.</returns>
    Task SetManyAsync(string scope, IReadOnlyList<CatalogCacheEntry> entries, CancellationToken cancellationToken = default);
}
