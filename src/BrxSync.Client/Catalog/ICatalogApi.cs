namespace BrxSync.Client.Catalog;

/// <summary>Reads what can be sold: games, expansions, categories and blueprints.</summary>
public interface ICatalogApi
{
    /// <summary>Lists the games (<c>GET /games</c>).</summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    Task<CardTraderList<Game>> ListGamesAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the expansions of all games (<c>GET /expansions</c>).</summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    Task<CardTraderList<Expansion>> ListExpansionsAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists only the expansions in which the seller has products (<c>GET /expansions/export</c>).</summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    Task<CardTraderList<Expansion>> ListOwnExpansionsAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the categories with their properties (<c>GET /categories</c>).</summary>
    /// <param name="game">Only the categories of this game; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    Task<CardTraderList<Category>> ListCategoriesAsync(GameId? game = null, CancellationToken cancellationToken = default);

    /// <summary>Streams the blueprints of one expansion, in no particular order (<c>GET /blueprints/export</c>).</summary>
    /// <param name="expansion">The expansion.</param>
    /// <param name="cancellationToken">Stops the download.</param>
    /// <exception cref="Errors.CardTraderException">
    /// Among others with status 404 and <see cref="Errors.CardTraderException.IsTransient"/> set: the data of this expansion is not ready.
    /// Keep what you have of it, go on with the others, and try again later. Some such expansions have no blueprints instead.
    /// </exception>
    /// <exception cref="Errors.CardTraderResponseException">
    /// Thrown after the last blueprint when rows could not be read: all others were given before; its errors name the rows. Thrown at once
    /// when the body is not one complete JSON array, or a row of it is larger than <see cref="CardTraderClientOptions.MaxExportRowBytes"/>.
    /// </exception>
    IAsyncEnumerable<Blueprint> StreamBlueprintsAsync(ExpansionId expansion, CancellationToken cancellationToken = default);

    /// <summary>Streams the blueprints that belong to no expansion (<c>GET /blueprints/export?expansion_id=null</c>).</summary>
    /// <param name="cancellationToken">Stops the download.</param>
    IAsyncEnumerable<Blueprint> StreamBlueprintsWithoutExpansionAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Walks through the blueprints of an expansion in pages of 50 (<c>GET /blueprints</c>). <b>Undocumented</b>: prefer
    /// <see cref="StreamBlueprintsAsync"/>.
    /// </summary>
    /// <param name="expansion">The expansion.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    /// <exception cref="Errors.CardTraderException">A call failed, or does not exist any more.</exception>
    IAsyncEnumerable<Blueprint> StreamBlueprintPagesAsync(ExpansionId expansion, CancellationToken cancellationToken = default);
}
