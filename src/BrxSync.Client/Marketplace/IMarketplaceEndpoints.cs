using BrxSync.Client.Http;
using Refit;

namespace BrxSync.Client.Marketplace;

/// <summary>The endpoints about buying: offers, shipping methods, the cart.</summary>
internal interface IMarketplaceEndpoints : IEndpoints
{
    const string OffersRoute = "/marketplace/products";
    const string ShippingMethodsRoute = "/shipping_methods";
    const string CartRoute = "/cart";
    const string AddRoute = CartRoute + "/add";
    const string RemoveRoute = CartRoute + "/remove";

    /// <param name="expansion">The expansion, or null.</param>
    /// <param name="blueprint">The blueprint, or null.</param>
    /// <param name="foil"><c>true</c>, <c>false</c> or null.</param>
    /// <param name="language">The language, or null.</param>
    /// <param name="kind">Left out by callers.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    [Get(OffersRoute)]
    Task<MarketplaceOffers> ListOffersAsync(
        [AliasAs("expansion_id")] long? expansion,
        [AliasAs("blueprint_id")] long? blueprint,
        string? foil,
        string? language,
        [Property] CallKind kind = CallKind.MarketplaceRead,
        CancellationToken cancellationToken = default);

    /// <param name="username">The name, encoded as in a form: a blank is a plus sign.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    [Get(ShippingMethodsRoute)]
    Task<CardTraderList<ShippingMethod>> ListShippingMethodsAsync([Encoded] string username, CancellationToken cancellationToken);

    [Get(CartRoute)]
    Task<Cart> GetCartAsync(CancellationToken cancellationToken);

    [Post(AddRoute)]
    Task<Cart> AddAsync([Body] CartAdditionBody addition, CancellationToken cancellationToken);

    [Post(RemoveRoute)]
    Task<Cart> RemoveAsync([Body] CartRemovalBody removal, CancellationToken cancellationToken);

    [Post(CartRoute + "/purchase")]
    Task<Cart> PurchaseAsync(CancellationToken cancellationToken);
}
