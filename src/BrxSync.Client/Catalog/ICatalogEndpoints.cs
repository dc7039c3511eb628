using BrxSync.Client.Http;
using Refit;

namespace BrxSync.Client.Catalog;

/// <summary>The endpoints about what exists: games, expansions, categories, blueprints.</summary>
internal interface ICatalogEndpoints : IEndpoints
{
    [Get("/games")]
    Task<CardTraderList<Game>> ListGamesAsync(CancellationToken cancellationToken);

    [Get("/expansions")]
    Task<CardTraderList<Expansion>> ListExpansionsAsync(CancellationToken cancellationToken);

    [Get("/expansions/export")]
    Task<CardTraderList<Expansion>> ListOwnExpansionsAsync(CancellationToken cancellationToken);

    [Get("/categories")]
    Task<CardTraderList<Category>> ListCategoriesAsync([AliasAs("game_id")] long? game, CancellationToken cancellationToken);

    /// <param name="expansion">An id, or <c>null</c> as a word for the blueprints without expansion.</param>
    /// <param name="kind">Left out by callers.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    [Get("/blueprints/export")]
    Task<HttpResponseMessage> ExportBlueprintsAsync(
        [AliasAs("expansion_id")] string expansion,
        [Property] CallKind kind = CallKind.StreamedRead,
        CancellationToken cancellationToken = default);

    [Get("/blueprints")]
    Task<CardTraderList<Blueprint>> ListBlueprintsAsync(
        [AliasAs("expansion_id")] long expansion, long page, CancellationToken cancellationToken);
}
