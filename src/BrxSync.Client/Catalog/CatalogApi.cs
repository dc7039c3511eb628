using System.Runtime.CompilerServices;
using BrxSync.Client.Http;
using BrxSync.Client.Serialization.Rows;

namespace BrxSync.Client.Catalog;

internal sealed class CatalogApi(ICatalogEndpoints endpoints, CardTraderClientOptions options) : ICatalogApi
{
    private const int BlueprintPageSize = 50;

    public Task<CardTraderList<Game>> ListGamesAsync(CancellationToken cancellationToken = default) =>
        endpoints.ListGamesAsync(cancellationToken);

    public Task<CardTraderList<Expansion>> ListExpansionsAsync(CancellationToken cancellationToken = default) =>
        endpoints.ListExpansionsAsync(cancellationToken);

    public Task<CardTraderList<Expansion>> ListOwnExpansionsAsync(CancellationToken cancellationToken = default) =>
        endpoints.ListOwnExpansionsAsync(cancellationToken);

    public Task<CardTraderList<Category>> ListCategoriesAsync(GameId? game = null, CancellationToken cancellationToken = default) =>
        endpoints.ListCategoriesAsync(game?.Value, cancellationToken);

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
            var page = await endpoints.ListBlueprintsAsync(expansion.Value, number, cancellationToken).ConfigureAwait(false);
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
        var response = await StreamedResponse.OpenAsync(
            endpoints.ExportBlueprintsAsync(expansion, cancellationToken: cancellationToken)).ConfigureAwait(false);
        var editable = new EditableProperties();
        var records = new RecordRows<Blueprint>(row => CatalogReader.ReadBlueprint(row, editable));
        var rows = new StreamedRows<Blueprint>(response, records.TryParse, options.MaxExportRowBytes);
        await using (rows.ConfigureAwait(false))
        {
            await foreach (var blueprint in rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (blueprint is not null)
                {
                    yield return blueprint;
                }
            }

            new CardTraderList<Blueprint>([], records.Unreadable, response.Operation).RequireAll();
        }
    }
}
