using System.Runtime.CompilerServices;
using BrxSync.Client.Http;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Catalog;

internal sealed class CatalogApi(AccountSender sender) : ICatalogApi
{
    private const int BlueprintPageSize = 50;

    public Task<CardTraderList<Game>> ListGamesAsync(CancellationToken cancellationToken = default)
    {
        var call = ApiCall.Get("/games", "games");
        return sender.ReadAsync(call, answer => CatalogReader.ReadGames(answer, call.Name), cancellationToken);
    }

    public Task<CardTraderList<Expansion>> ListExpansionsAsync(CancellationToken cancellationToken = default) =>
        sender.ReadListAsync(ApiCall.Get("/expansions", "expansions"), "expansions", CatalogReader.ReadExpansion, cancellationToken);

    public Task<CardTraderList<Expansion>> ListOwnExpansionsAsync(CancellationToken cancellationToken = default) =>
        sender.ReadListAsync(
            ApiCall.Get("/expansions/export", "expansions/export"), "expansions", CatalogReader.ReadExpansion, cancellationToken);

    public Task<CardTraderList<Category>> ListCategoriesAsync(GameId? game = null, CancellationToken cancellationToken = default)
    {
        var path = new QueryString("categories").Add("game_id", game?.Value).ToString();
        return sender.ReadListAsync(ApiCall.Get("/categories", path), "categories", CatalogReader.ReadCategory, cancellationToken);
    }

    public IAsyncEnumerable<Blueprint> StreamBlueprintsAsync(ExpansionId expansion, CancellationToken cancellationToken = default) =>
        StreamBlueprintsAsync(expansion.ToString(), cancellationToken);

    public IAsyncEnumerable<Blueprint> StreamBlueprintsWithoutExpansionAsync(CancellationToken cancellationToken = default) =>
        StreamBlueprintsAsync("null", cancellationToken);

    public async IAsyncEnumerable<Blueprint> StreamBlueprintPagesAsync(
        ExpansionId expansion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = new HashSet<BlueprintId>();
        CardTraderList<Blueprint>? incomplete = null;
        for (var number = 1L; ; number++)
        {
            var path = new QueryString("blueprints").Add("expansion_id", expansion.Value).Add("page", number).ToString();
            var page = await sender.ReadListAsync(
                ApiCall.Get("/blueprints", path), "blueprints", CatalogReader.ReadBlueprint, cancellationToken)
                .ConfigureAwait(false);
            var anyNew = false;
            foreach (var blueprint in page.Where(blueprint => seen.Add(blueprint.Id)))
            {
                anyNew = true;
                yield return blueprint;
            }

            incomplete ??= page.Unreadable.Count > 0 ? page : null;
            if (page.RowCount < BlueprintPageSize || !anyNew)
            {
                break;
            }
        }

        incomplete?.RequireAll();
    }

    private async IAsyncEnumerable<Blueprint> StreamBlueprintsAsync(
        string expansion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var path = new QueryString("blueprints/export").Add("expansion_id", expansion).ToString();
        var call = ApiCall.Get("/blueprints/export", path);
        var unreadable = new List<UnreadableRow>();
        var rows = sender.StreamAsync(call, CardTraderJsonContext.Default.JsonElement, cancellationToken);
        await foreach (var (index, row) in rows.Index().WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (TolerantList.TryRead(row, index, CatalogReader.ReadBlueprint, unreadable, out var blueprint))
            {
                yield return blueprint;
            }
        }

        new CardTraderList<Blueprint>([], unreadable, call.Name).RequireAll();
    }
}
