using System.Runtime.CompilerServices;
using BrxSync.Client.Http;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Catalog;

internal sealed class CatalogApi(AccountSender sender) : ICatalogApi
{
    private const int BlueprintPageSize = 50;

    public async Task<IReadOnlyList<Game>> ListGamesAsync(CancellationToken cancellationToken = default) =>
        (await sender.SendAsync(ApiCall.Get("/games", "games"), CardTraderJsonContext.Default.GameList, cancellationToken)
            .ConfigureAwait(false)).Games;

    public async Task<IReadOnlyList<Expansion>> ListExpansionsAsync(CancellationToken cancellationToken = default) =>
        await sender.SendAsync(ApiCall.Get("/expansions", "expansions"), CardTraderJsonContext.Default.ListExpansion, cancellationToken)
            .ConfigureAwait(false);

    public async Task<IReadOnlyList<Expansion>> ListOwnExpansionsAsync(CancellationToken cancellationToken = default) =>
        await sender.SendAsync(
            ApiCall.Get("/expansions/export", "expansions/export"), CardTraderJsonContext.Default.ListExpansion, cancellationToken)
            .ConfigureAwait(false);

    public async Task<IReadOnlyList<Category>> ListCategoriesAsync(GameId? game = null, CancellationToken cancellationToken = default)
    {
        var path = new QueryString("categories").Add("game_id", game?.Value).ToString();
        return await sender.SendAsync(ApiCall.Get("/categories", path), CardTraderJsonContext.Default.ListCategory, cancellationToken)
            .ConfigureAwait(false);
    }

    public IAsyncEnumerable<Blueprint> StreamBlueprintsAsync(ExpansionId expansion, CancellationToken cancellationToken = default) =>
        StreamBlueprintsAsync(expansion.ToString(), cancellationToken);

    public IAsyncEnumerable<Blueprint> StreamBlueprintsWithoutExpansionAsync(CancellationToken cancellationToken = default) =>
        StreamBlueprintsAsync("null", cancellationToken);

    public async IAsyncEnumerable<Blueprint> StreamBlueprintPagesAsync(
        ExpansionId expansion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = new HashSet<BlueprintId>();
        for (var number = 1L; ; number++)
        {
            var path = new QueryString("blueprints").Add("expansion_id", expansion.Value).Add("page", number).ToString();
            var page = await sender.SendAsync(
                ApiCall.Get("/blueprints", path), CardTraderJsonContext.Default.ListBlueprint, cancellationToken)
                .ConfigureAwait(false);
            var anyNew = false;
            foreach (var blueprint in page.Where(blueprint => seen.Add(blueprint.Id)))
            {
                anyNew = true;
                yield return blueprint;
            }

            if (page.Count < BlueprintPageSize || !anyNew)
            {
                yield break;
            }
        }
    }

    private IAsyncEnumerable<Blueprint> StreamBlueprintsAsync(string expansion, CancellationToken cancellationToken)
    {
        var path = new QueryString("blueprints/export").Add("expansion_id", expansion).ToString();
        return sender.StreamAsync(ApiCall.Get("/blueprints/export", path), CardTraderJsonContext.Default.Blueprint, cancellationToken);
    }
}
