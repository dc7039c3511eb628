using BrxSync.Client;

namespace BrxSync.Sync.Catalog;

/// <summary>The database that holds the prints. Implemented by an adapter; asked only for what no cache knows.</summary>
internal interface ICatalogSource
{
    /// <summary>Gets what tells the answers of differently configured catalogues apart in a shared cache.</summary>
    string Scope { get; }

    /// <summary>Asks for all of these blueprints at once.</summary>
    /// <param name="blueprintIds">Distinct ids.</param>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>What is known of them; an unknown blueprint has no entry.</returns>
    /// <exception cref="CatalogUnavailableException">The database could not be asked, after all retries.</exception>
    Task<IReadOnlyDictionary<BlueprintId, CatalogMatch>> FindAsync(
        IReadOnlyList<BlueprintId> blueprintIds, CancellationToken cancellationToken = default);

    /// <summary>Checks once that the database answers and has what it is asked for.</summary>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>A task that ends when it has answered.</returns>
    /// <exception cref="CatalogUnavailableException">It has not.</exception>
    Task CheckAsync(CancellationToken cancellationToken = default);
}
