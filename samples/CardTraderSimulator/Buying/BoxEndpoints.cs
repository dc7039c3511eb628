using System.Text.Json;
using BrxSync.Simulator.Catalog;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Inventory;
using BrxSync.Simulator.Orders;

namespace BrxSync.Simulator.Buying;

/// <summary>Things bought over CardTrader Zero and not yet received.</summary>
internal static class BoxEndpoints
{
    public static void Map(ApiRoutes routes)
    {
        routes.Get("/ct0_box_items", ListAsync);
        routes.Get("/ct0_box_items/{id:long}", GetAsync);
    }

    private static Task ListAsync(ApiCall call)
    {
        lock (call.Marketplace.Gate)
        {
            return call.AnswerListAsync(
                call.Marketplace.Carts.BoxOf(call.Seller), (json, item) => Write(json, item, call.Marketplace.Catalog));
        }
    }

    private static Task GetAsync(ApiCall call)
    {
        lock (call.Marketplace.Gate)
        {
            var id = ProductEndpoints.Id(call);
            return call.Marketplace.Carts.BoxOf(call.Seller).FirstOrDefault(item => item.Id == id) is { } found
                ? call.AnswerAsync(json => Write(json, found, call.Marketplace.Catalog))
                : ErrorAnswer.NotFoundAsync(call.Context, "Item not found");
        }
    }

    private static void Write(Utf8JsonWriter json, BoxItem item, SimulatedCatalog catalog)
    {
        var product = item.Item.Product;
        var blueprint = catalog.FindBlueprint(product.BlueprintId);
        json.WriteStartObject();
        json.WriteNumber("id", item.Id);
        json.WriteStartObject("quantity");
        json.WriteNumber("pending", item.Item.Quantity);
        json.WriteEndObject();
        json.WritePropertyName("seller");
        OrderJson.WriteParty(json, OrderParty.Of(item.Seller), contact: true);
        json.WriteNumber("product_id", product.Id);
        json.WriteNumber("blueprint_id", product.BlueprintId);
        json.WriteNumber("category_id", product.CategoryId);
        json.WriteNumber("game_id", product.GameId);
        json.WriteString("name", product.Name);
        json.WriteString("expansion", item.Item.Expansion);
        json.WriteString("description", string.IsNullOrEmpty(product.Description) ? null : product.Description);
        json.WriteBoolean("graded", product.Graded);
        json.WritePropertyName("properties");
        product.Properties.WriteTo(json);
        OrderJson.WriteAmount(json, "buyer_price", MarketplaceEndpoints.BuyersPrice(product), product.Currency);
        json.WriteString("formatted_price", OrderJson.Formatted(MarketplaceEndpoints.BuyersPrice(product), product.Currency));
        CatalogJson.WriteOptional(json, "mkm_id", blueprint?.CardMarketId);
        CatalogJson.WriteOptional(json, "tcg_player_id", blueprint?.TcgPlayerId);
        json.WriteString("scryfall_id", blueprint?.ScryfallId);
        json.WriteBoolean("presale", false);
        json.WriteNull("presale_ended_at");
        Timestamps.Write(json, "paid_at", item.PaidAt);
        Timestamps.Write(json, "estimated_arrived_at", item.PaidAt.AddDays(14));
        json.WriteNull("arrived_at");
        json.WriteNull("cancelled_at");
        json.WriteBoolean("return_to_seller", false);
        json.WriteEndObject();
    }
}
