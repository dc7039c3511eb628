using System.Globalization;
using System.Text.Json;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Orders;
using BrxSync.Simulator.Stock;

namespace BrxSync.Simulator.Buying;

/// <summary>What buyers see: the cheapest offers of all sellers, by blueprint, and the ways of shipping.</summary>
internal static class MarketplaceEndpoints
{
    private const int CheapestOffers = 25;

    public static void Map(ApiRoutes routes)
    {
        routes.Get("/marketplace/products", ProductsAsync);
        routes.Get("/shipping_methods", ShippingMethodsAsync);
    }

    private static Task ProductsAsync(ApiCall call)
    {
        var catalog = call.Marketplace.Catalog;
        IEnumerable<long> blueprints;
        if (long.TryParse(call.Query("blueprint_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var blueprint))
        {
            blueprints = [blueprint];
        }
        else if (int.TryParse(call.Query("expansion_id"), NumberStyles.None, CultureInfo.InvariantCulture, out var expansion))
        {
            blueprints = catalog.BlueprintsOf(expansion).Select(found => found.Id);
        }
        else
        {
            return ErrorAnswer.MissingParameterAsync(call.Context, "expansion_id or blueprint_id");
        }

        return call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            foreach (var id in blueprints)
            {
                var offers = Offers(call, id);
                if (offers.Count == 0)
                {
                    continue;
                }

                json.WriteStartArray(id.ToString(CultureInfo.InvariantCulture));
                foreach (var (seller, product) in offers)
                {
                    WriteOffer(json, call, seller, product);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        });
    }

    private static List<(SimulatedSeller Seller, StockProduct Product)> Offers(ApiCall call, long blueprint)
    {
        var foil = call.Query("foil");
        var language = call.Query("language");
        return [.. call.Marketplace.Sellers
            .Where(seller => !seller.OnVacation)
            .SelectMany(seller => seller.Stock.OfBlueprint(blueprint).Select(product => (Seller: seller, Product: product)))
            .Where(offer => Fits(offer.Product, "_foil", foil) && Fits(offer.Product, "_language", language))
            .OrderBy(offer => offer.Product.PriceCents)
            .Take(CheapestOffers)];
    }

    private static bool Fits(StockProduct product, string suffix, string? wanted) => string.IsNullOrEmpty(wanted) || product.Properties
        .Where(property => property.Key.EndsWith(suffix, StringComparison.Ordinal))
        .All(property => property.Value.ToString() == wanted);

    /// <summary>Buyers pay about one percent more than the seller gets.</summary>
    internal static int BuyersPrice(StockProduct product) => product.PriceCents + Math.Max(1, product.PriceCents / 100);

    private static void WriteOffer(Utf8JsonWriter json, ApiCall call, SimulatedSeller seller, StockProduct product)
    {
        var price = BuyersPrice(product);
        json.WriteStartObject();
        json.WriteNumber("id", product.Id);
        json.WriteNumber("blueprint_id", product.BlueprintId);
        json.WriteString("name_en", product.Name);
        WriteExpansion(json, call, product);
        json.WriteStartObject("price");
        json.WriteNumber("cents", price);
        json.WriteString("currency", product.Currency);
        json.WriteString("currency_symbol", product.Currency == "USD" ? "$" : "€");
        json.WriteString("formatted", OrderJson.Formatted(price, product.Currency));
        json.WriteEndObject();
        json.WriteNumber("price_cents", price);
        json.WriteString("price_currency", product.Currency);
        json.WriteNumber("quantity", product.Quantity);
        json.WriteString("description", product.Description);
        json.WritePropertyName("properties_hash");
        product.Properties.WriteTo(json);
        WriteSeller(json, seller);
        if (product.Graded)
        {
            json.WriteBoolean("graded", true);
        }
        else
        {
            json.WriteNull("graded");
        }

        json.WriteBoolean("on_vacation", seller.OnVacation);
        json.WriteNumber("bundle_size", product.BundleSize);
        json.WriteEndObject();
    }

    private static void WriteExpansion(Utf8JsonWriter json, ApiCall call, StockProduct product)
    {
        var catalog = call.Marketplace.Catalog;
        var expansion = catalog.ExpansionOf(product.BlueprintId) is { } id ? catalog.FindExpansion(id) : null;
        json.WriteStartObject("expansion");
        json.WriteNumber("id", expansion?.Id ?? 0);
        json.WriteString("code", expansion?.Code ?? "");
        json.WriteString("name_en", expansion?.Name ?? "");
        json.WriteEndObject();
    }

    private static void WriteSeller(Utf8JsonWriter json, SimulatedSeller seller)
    {
        json.WriteStartObject("user");
        json.WriteNumber("id", seller.UserId);
        json.WriteString("username", seller.Name);
        json.WriteString("country_code", "IT");
        json.WriteString("user_type", "normal");
        json.WriteBoolean("can_sell_via_hub", true);
        json.WriteNull("max_sellable_in24h_quantity");
        json.WriteBoolean("can_sell_sealed_with_ct_zero", false);
        json.WriteBoolean("too_many_request_for_cancel_as_seller", false);
        json.WriteEndObject();
    }

    private static Task ShippingMethodsAsync(ApiCall call)
    {
        var username = call.Query("username");
        if (string.IsNullOrEmpty(username))
        {
            return ErrorAnswer.MissingParameterAsync(call.Context, "username");
        }

        return call.Marketplace.FindByName(username) is null
            ? ErrorAnswer.NotFoundAsync(call.Context, "User not found")
            : call.AnswerListAsync<(int Id, string Name, bool Parcel, bool Tracked, int Cents)>(
                [(9_700_001, "Example Letter", false, false, 150), (9_700_002, "Example Tracked Parcel", true, true, 690)],
                (json, method) => WriteMethod(json, method, call.Seller.Currency));
    }

    private static void WriteMethod(
        Utf8JsonWriter json, (int Id, string Name, bool Parcel, bool Tracked, int Cents) method, string currency)
    {
        json.WriteStartObject();
        json.WriteNumber("id", method.Id);
        json.WriteString("name", method.Name);
        json.WriteNumber("min_estimate_shipping_days", 2);
        json.WriteNumber("max_estimate_shipping_days", 14);
        json.WriteBoolean("parcel", method.Parcel);
        json.WriteBoolean("tracked", method.Tracked);
        json.WriteString("tracking_link", method.Tracked ? "https://tracking.example.com/{code}" : null);
        json.WriteNull("free_shipping_threshold_quantity");
        json.WriteNull("free_shipping_threshold_price");
        json.WriteNull("formatted_free_shipping_threshold_price");
        if (method.Tracked)
        {
            json.WriteNull("max_cart_subtotal_price");
            json.WriteNull("formatted_max_cart_subtotal_price");
        }
        else
        {
            OrderJson.WriteAmount(json, "max_cart_subtotal_price", 5_000, currency);
            json.WriteString("formatted_max_cart_subtotal_price", OrderJson.Formatted(5_000, currency));
        }

        json.WriteStartArray("shipping_method_costs");
        json.WriteStartObject();
        json.WriteNumber("from_grams", 0);
        json.WriteNumber("to_grams", 100);
        OrderJson.WriteAmount(json, "price", method.Cents, currency);
        json.WriteString("formatted_price", OrderJson.Formatted(method.Cents, currency));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
