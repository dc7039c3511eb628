using System.Runtime.CompilerServices;
using BrxSync.Client.Http;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Catalog;

internal sealed class CatalogApi(ICatalogEndpoints endpoints) : ICatalogApi
{
    private const int BlueprintPageSize = 50;

    public async Task<IReadOnlyList<Game>> ListGamesAsync(CancellationToken cancellationToken = default) =>
        (await endpoints.ListGamesAsync(cancellationToken).ConfigureAwait(false)).Games;

    public async Task<IReadOnlyList<Expansion>> ListExpansionsAsync(CancellationToken cancellationToken = default) =>
        await endpoints.ListExpansionsAsync(cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<Expansion>> ListOwnExpansionsAsync(CancellationToken cancellationToken = default) =>
        await endpoints.ListOwnExpansionsAsync(cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<Category>> ListCategoriesAsync(GameId? game = null, CancellationToken cancellationToken = default) =>
        await endpoints.ListCategoriesAsync(game?.Value, cancellationToken).ConfigureAwait(false);

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
            var page = await endpoints.ListBlueprintsAsync(expansion.Value, number, cancellationToken).ConfigureAwait(false);
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

    private async IAsyncEnumerable<Blueprint> StreamBlueprintsAsync(
        string expansion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var response = await StreamedResponse.OpenAsync(
            endpoints.ExportBlueprintsAsync(expansion, cancellationToken: cancellationToken)).ConfigureAwait(false);
        await using (response.ConfigureAwait(false))
        {
            var blueprints = StreamedElements.ReadAsync(response, CardTraderJsonContext.Default.Blueprint, cancellationToken);
            await foreach (var blueprint in blueprints.ConfigureAwait(false))
            {
                yield return blueprint;
            }
        }
    }
}
