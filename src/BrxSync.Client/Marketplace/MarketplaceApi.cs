using BrxSync.Client.Errors;

namespace BrxSync.Client.Marketplace;

internal sealed class MarketplaceApi(IMarketplaceEndpoints endpoints, CardTraderClientOptions options) : IMarketplaceApi
{
    public Task<MarketplaceOffers> ListOffersAsync(MarketplaceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        CallErrors.ThrowIfInvalid(
            HttpMethod.Get,
            IMarketplaceEndpoints.OffersRoute,
            query.ExpansionId is null == query.BlueprintId is null
                ? [new CardTraderFault("expansion_id", "Set either the expansion or the blueprint.")]
                : []);
        return endpoints.ListOffersAsync(
            query.ExpansionId?.Value,
            query.BlueprintId?.Value,
            query.Foil switch { true => "true", false => "false", null => null },
            query.Language,
            cancellationToken: cancellationToken);
    }

    public Task<CardTraderList<ShippingMethod>> ListShippingMethodsAsync(string username, CancellationToken cancellationToken = default)
    {
        CallErrors.ThrowIfInvalid(
            HttpMethod.Get,
            IMarketplaceEndpoints.ShippingMethodsRoute,
            string.IsNullOrWhiteSpace(username) ? [new CardTraderFault("username", "It is empty.")] : []);

        // This call wants form encoding: a blank is a plus sign.
        var encoded = Uri.EscapeDataString(username).Replace("%20", "+", StringComparison.Ordinal);
        return endpoints.ListShippingMethodsAsync(encoded, cancellationToken);
    }

    public Task<Cart> GetCartAsync(CancellationToken cancellationToken = default) => endpoints.GetCartAsync(cancellationToken);

    public Task<Cart> AddToCartAsync(CartAddition addition, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(addition);
        ThrowUnlessAllowed();
        ThrowIfInvalid(IMarketplaceEndpoints.AddRoute, addition.ProductId, addition.Quantity);
        return endpoints.AddAsync(new CartAdditionBody(addition), cancellationToken);
    }

    public Task<Cart> RemoveFromCartAsync(ProductId product, int quantity, CancellationToken cancellationToken = default)
    {
        ThrowUnlessAllowed();
        ThrowIfInvalid(IMarketplaceEndpoints.RemoveRoute, product, quantity);
        return endpoints.RemoveAsync(new CartRemovalBody(product, quantity), cancellationToken);
    }

    public Task<Cart> PurchaseCartAsync(CancellationToken cancellationToken = default)
    {
        ThrowUnlessAllowed();
        return endpoints.PurchaseAsync(cancellationToken);
    }

    private static void ThrowIfInvalid(string route, ProductId product, int quantity)
    {
        var faults = new List<CardTraderFault>();
        if (product.Value <= 0)
        {
            faults.Add(new CardTraderFault("product_id", $"{product} is not an id; ids are positive."));
        }

        if (quantity < 1)
        {
            faults.Add(new CardTraderFault("quantity", $"{quantity} units; the least is 1."));
        }

        CallErrors.ThrowIfInvalid(HttpMethod.Post, route, faults);
    }

    private void ThrowUnlessAllowed()
    {
        if (!options.AllowPurchases)
        {
            throw new InvalidOperationException(
                $"Calls that change the cart or buy are switched off. Set {nameof(CardTraderClientOptions)}.{nameof(CardTraderClientOptions.AllowPurchases)} to allow them.");
        }
    }
}
