using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;
using BrxSync.Client.Orders;
using BrxSync.Client.RateLimiting;

namespace BrxSync.Client.Marketplace;

internal sealed class MarketplaceApi(AccountSender sender) : IMarketplaceApi
{
    public Task<MarketplaceOffers> ListOffersAsync(MarketplaceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var path = new QueryString("marketplace/products")
            .Add("expansion_id", query.ExpansionId?.Value)
            .Add("blueprint_id", query.BlueprintId?.Value)
            .Add("foil", query.Foil)
            .Add("language", query.Language);
        var call = ApiCall.Get("/marketplace/products", path.ToString()) with { Bucket = RateLimitBucket.Marketplace };
        sender.ThrowIfInvalid(call, query.ExpansionId is null == query.BlueprintId is null
            ? [new CardTraderFault("expansion_id", "Set either the expansion or the blueprint.")]
            : []);
        return sender.ReadAsync(call, MarketplaceReader.ReadOffers, cancellationToken);
    }

    public Task<CardTraderList<ShippingMethod>> ListShippingMethodsAsync(string username, CancellationToken cancellationToken = default)
    {
        // This call wants form encoding: a blank is a plus sign.
        var encoded = Uri.EscapeDataString(username ?? string.Empty).Replace("%20", "+", StringComparison.Ordinal);
        var call = ApiCall.Get("/shipping_methods", "shipping_methods?username=" + encoded);
        sender.ThrowIfInvalid(call, string.IsNullOrWhiteSpace(username) ? [new CardTraderFault("username", "It is empty.")] : []);
        return sender.ReadListAsync(call, "shipping methods", MarketplaceReader.ReadShippingMethod, cancellationToken);
    }

    public Task<Cart> GetCartAsync(CancellationToken cancellationToken = default) =>
        sender.ReadAsync(ApiCall.Get("/cart", "cart"), MarketplaceReader.ReadCart, cancellationToken);

    public Task<Cart> AddToCartAsync(CartAddition addition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(addition);
        return ChangeAsync(
            "add",
            addition.ProductId,
            addition.Quantity,
            writer =>
            {
                writer.WriteBoolean("via_cardtrader_zero", addition.ViaCardTraderZero);
                WriteAddress(writer, "billing_address", addition.BillingAddress);
                WriteAddress(writer, "shipping_address", addition.ShippingAddress);
            },
            cancellationToken);
    }

    public Task<Cart> RemoveFromCartAsync(ProductId product, int quantity, CancellationToken cancellationToken = default) =>
        ChangeAsync("remove", product, quantity, static _ => { }, cancellationToken);

    public Task<Cart> PurchaseCartAsync(CancellationToken cancellationToken = default)
    {
        ThrowUnlessAllowed();
        return sender.ReadAsync(
            ApiCall.Post("/cart/purchase", "cart/purchase", OperationClass.NonRepeatableWrite),
            MarketplaceReader.ReadCart,
            cancellationToken);
    }

    private Task<Cart> ChangeAsync(
        string name, ProductId product, int quantity, Action<Utf8JsonWriter> writeRest, CancellationToken cancellationToken)
    {
        ThrowUnlessAllowed();
        var call = ApiCall.Post("/cart/" + name, "cart/" + name, OperationClass.NonRepeatableWrite);
        var faults = new List<CardTraderFault>();
        if (product.Value <= 0)
        {
            faults.Add(new CardTraderFault("product_id", $"{product} is not an id; ids are positive."));
        }

        if (quantity < 1)
        {
            faults.Add(new CardTraderFault("quantity", $"{quantity} units; the least is 1."));
        }

        sender.ThrowIfInvalid(call, faults);
        return sender.ReadAsync(
            call.WithObject(writer =>
            {
                writer.WriteNumber("product_id", product.Value);
                writer.WriteNumber("quantity", quantity);
                writeRest(writer);
            }),
            MarketplaceReader.ReadCart,
            cancellationToken);
    }

    private static void WriteAddress(Utf8JsonWriter writer, string name, OrderAddress? address)
    {
        if (address is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteOptional("name", address.Name);
        writer.WriteOptional("street", address.Street);
        writer.WriteOptional("zip", address.Zip);
        writer.WriteOptional("city", address.City);
        writer.WriteOptional("state_or_province", address.StateOrProvince);
        writer.WriteOptional("country_code", address.CountryCode);
        writer.WriteOptional("note", address.Note);
        writer.WriteEndObject();
    }

    private void ThrowUnlessAllowed()
    {
        if (!sender.Options.AllowPurchases)
        {
            throw new InvalidOperationException(
                $"Calls that change the cart or buy are switched off. Set {nameof(CardTraderClientOptions)}.{nameof(CardTraderClientOptions.AllowPurchases)} to allow them.");
        }
    }
}
