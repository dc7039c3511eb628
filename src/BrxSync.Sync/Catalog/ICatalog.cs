using BrxSync.Client;

namespace BrxSync.Sync.Catalog;

/// <summary>
/// Tells which local print a blueprint is. Without a catalogue every product is synchronized; with one, products whose blueprint it
/// does not map are not added to the stock.
/// </summary>
public interface ICatalog
{
    /// <summary>Looks blueprints up: in memory, then in the shared cache, then in one query for all that is left.</summary>
    /// <param name="blueprintIds">The blueprints; repeated ids cost nothing.</param>
    /// <param name="cancellationToken">Cancels the look-up.</param>
    /// <returns>What each one is, one entry for every distinct id.</returns>
    /// <exception cref="CatalogUnavailableException">The catalogue could not be asked.</exception>
    Task<IReadOnlyDictionary<BlueprintId, CatalogMatch>> LookupAsync(
        IReadOnlyCollection<BlueprintId> blueprintIds, CancellationToken cancellationToken = default);

    /// <summary>Asks the catalogue's database whether it answers, without any retry.</summary>
    /// <param name="cancellationToken">Cancels the question.</param>
    /// <returns>A task that ends when it has answered.</returns>
    /// <exception cref="CatalogUnavailableException">It does not answer, or cannot be used.</exception>
    Task CheckAsync(CancellationToken cancellationToken = default);
}
