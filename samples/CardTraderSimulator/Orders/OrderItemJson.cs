using System.Text.Json;
using BrxSync.Simulator.Http;

namespace BrxSync.Simulator.Orders;

/// <summary>The shape of an order item. Real ones have no bundle size, contrary to the documentation.</summary>
internal static class OrderItemJson
{
    public static void Write(Utf8JsonWriter json, SimulatedOrder order, SimulatedOrderItem item, OrderBehavior behavior, bool withProductId)
    {
        var product = item.Product;
        json.WriteStartObject();
        json.WriteNumber("id", item.Id);
        if (!order.AsBuyer)
        {
            WriteSource(json, item, behavior);
        }

        if (withProductId)
        {
            json.WriteNumber("product_id", product.Id);
        }
        else
        {
            json.WriteNull("product_id");
        }

        json.WriteNumber("blueprint_id", product.BlueprintId);
        json.WriteNumber("category_id", product.CategoryId);
        json.WriteNumber("game_id", product.GameId);
        json.WriteString("name", product.Name);
        json.WriteString("expansion", item.Expansion);
        json.WriteNumber("quantity", item.Quantity);
        json.WriteString("description", product.Description);
        json.WriteBoolean("graded", product.Graded);
        json.WritePropertyName("properties");
        product.Properties.WriteTo(json);
        if (order.AsBuyer)
        {
            OrderJson.WriteAmount(json, "buyer_price", product.PriceCents, product.Currency);
        }
        else
        {
            OrderJson.WriteAmount(json, "seller_price", product.PriceCents, product.Currency);
        }

        json.WriteString("formatted_price", OrderJson.Formatted(product.PriceCents, product.Currency));
        if (!order.AsBuyer)
        {
            WriteSellersPart(json, order, item);
        }

        WriteExternalIds(json, product.BlueprintId, order);
        Timestamps.Write(json, "created_at", item.CreatedAt);
        Timestamps.Write(json, "deleted_at", item.DeletedAt);
        json.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter json, SimulatedOrderItem item, OrderBehavior behavior)
    {
        if (item.HubPendingOrderId is { } source)
        {
            json.WriteNumber("hub_pending_order_id", source);
        }
        else if (!behavior.OmitNullHubPendingOrderId)
        {
            json.WriteNull("hub_pending_order_id");
        }
    }

    private static void WriteSellersPart(Utf8JsonWriter json, SimulatedOrder order, SimulatedOrderItem item)
    {
        json.WriteStartArray("cancelled_price");
        if (item.DeletedAt is not null || OrderStates.IsCancelled(order.State))
        {
            json.WriteStartObject();
            json.WriteNumber("cents", -(long)item.Quantity * item.Product.PriceCents);
            json.WriteString("currency", item.Product.Currency);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("repurchase_price");
        json.WriteEndArray();
        json.WriteString("tag", item.Product.Tag);
        json.WriteString("user_data_field", item.Product.UserDataField);
    }

    private static void WriteExternalIds(Utf8JsonWriter json, long blueprintId, SimulatedOrder order)
    {
        var blueprint = order.Account.FindBlueprint(blueprintId);
        Catalog.CatalogJson.WriteOptional(json, "mkm_id", blueprint?.CardMarketId);
        Catalog.CatalogJson.WriteOptional(json, "tcg_player_id", blueprint?.TcgPlayerId);
        json.WriteString("scryfall_id", blueprint?.ScryfallId);
    }
}
