using System.Globalization;
using BrxSync.Simulator.Http;

namespace BrxSync.Simulator.Catalog;

/// <summary>Games, categories, expansions and blueprints.</summary>
internal static class CatalogEndpoints
{
    private const int BlueprintsPerPage = 50;

    public static void Map(ApiRoutes routes)
    {
        routes.Get("/games", GamesAsync);
        routes.Get("/categories", CategoriesAsync);
        routes.Get("/expansions", call => call.AnswerListAsync(call.Marketplace.Catalog.Expansions, CatalogJson.Write));
        routes.Get("/expansions/export", SellerExpansionsAsync);
        routes.Get("/blueprints/export", BlueprintsAsync);
        routes.Get("/blueprints", BlueprintPageAsync);
    }

    /// <summary>The one list that comes wrapped, contrary to its documentation.</summary>
    private static Task GamesAsync(ApiCall call) => call.AnswerAsync(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("array");
        foreach (var game in call.Marketplace.Catalog.Games)
        {
            CatalogJson.Write(json, game);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static Task CategoriesAsync(ApiCall call)
    {
        var game = call.Query("game_id");
        var rows = call.Marketplace.Catalog.Categories
            .Where(category => string.IsNullOrEmpty(game) || game == category.GameId.ToString(CultureInfo.InvariantCulture));
        return call.AnswerListAsync(rows, CatalogJson.Write);
    }

    private static Task SellerExpansionsAsync(ApiCall call)
    {
        var catalog = call.Marketplace.Catalog;
        var (blueprints, generated) = call.Seller.Stock.Origins();
        var ids = new SortedSet<int>(blueprints.Select(catalog.ExpansionOf).OfType<int>());
        ids.UnionWith(Enumerable.Range(GeneratedCatalog.FirstExpansionId, generated));
        return call.AnswerListAsync(ids.Select(catalog.FindExpansion).OfType<SimulatedExpansion>(), CatalogJson.Write);
    }

    private static Task BlueprintsAsync(ApiCall call)
    {
        var catalog = call.Marketplace.Catalog;
        var asked = call.Query("expansion_id");
        if (asked == "null")
        {
            return call.AnswerListAsync(catalog.BlueprintsOf(null), CatalogJson.Write);
        }

        if (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || catalog.FindExpansion(id) is not { } expansion)
        {
            return ErrorAnswer.NotFoundAsync(call.Context, "Expansion not found");
        }

        return catalog.NotReady.Contains(id)
            ? ErrorAnswer.NotFoundAsync(call.Context, $"Data is not ready for {expansion.Name}")
            : call.AnswerListAsync(catalog.BlueprintsOf(id), CatalogJson.Write);
    }

    /// <summary>Undocumented: blueprints in pages of 50.</summary>
    private static Task BlueprintPageAsync(ApiCall call)
    {
        var page = int.TryParse(call.Query("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0
            ? given
            : 1;
        return int.TryParse(call.Query("expansion_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? call.AnswerListAsync(
                call.Marketplace.Catalog.BlueprintsOf(id).Skip((page - 1) * BlueprintsPerPage).Take(BlueprintsPerPage), CatalogJson.Write)
            : ErrorAnswer.NotFoundAsync(call.Context, "Expansion not found");
    }
}
