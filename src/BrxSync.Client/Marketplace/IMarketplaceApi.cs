using BrxSync.Client.Errors;

namespace BrxSync.Client.Marketplace;

/// <summary>Looks at what others sell, and buys.</summary>
/// <remarks>
/// Calls that change the cart or buy do nothing unless <see cref="CardTraderClientOptions.AllowPurchases"/> is set: nobody
/// spends money by accident.
/// </remarks>
public interface IMarketplaceApi
{
    /// <summary>
    /// Lists the cheapest offers, about 25 for each blueprint (<c>GET /marketplace/products</c>). At most 10 calls per second.
    /// </summary>
    /// <param name="query">Which offers.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <returns>The offers of each blueprint, not strictly by price.</returns>
    /// <exception cref="CardTraderException">The request is wrong (every fault is listed) or the call failed.</exception>
    Task<MarketplaceOffers> ListOffersAsync(MarketplaceQuery query, CancellationToken cancellationToken = default);

    /// <summary>Lists how a seller ships to you (<c>GET /shipping_methods</c>).</summary>
    /// <param name="username">The public name of the seller.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">The name is empty or the call failed.</exception>
    Task<CardTraderList<ShippingMethod>> ListShippingMethodsAsync(string username, CancellationToken cancellationToken = default);

    /// <summary>Reads the cart (<c>GET /cart</c>).</summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">The call failed.</exception>
    Task<Cart> GetCartAsync(CancellationToken cancellationToken = default);

    /// <summary>Puts a product into the cart (<c>POST /cart/add</c>). Not repeatable.</summary>
    /// <param name="addition">What to add.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="InvalidOperationException">Buying is not allowed by the options.</exception>
    /// <exception cref="CardTraderException">The request is wrong (every fault is listed), refused, or its outcome is unknown.</exception>
    Task<Cart> AddToCartAsync(CartAddition addition, CancellationToken cancellationToken = default);

    /// <summary>Takes a product out of the cart (<c>POST /cart/remove</c>). Not repeatable.</summary>
    /// <param name="product">The product.</param>
    /// <param name="quantity">How many units. At least 1.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="InvalidOperationException">Buying is not allowed by the options.</exception>
    /// <exception cref="CardTraderException">The request is wrong (every fault is listed), refused, or its outcome is unknown.</exception>
    Task<Cart> RemoveFromCartAsync(ProductId product, int quantity, CancellationToken cancellationToken = default);

    /// <summary>
    /// Buys what is in the cart (<c>POST /cart/purchase</c>). <b>Pays at once.</b> Not repeatable: after a lost answer look at the orders.
    /// </summary>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="InvalidOperationException">Buying is not allowed by the options.</exception>
    /// <exception cref="CardTraderException">The purchase is refused, or its outcome is unknown.</exception>
    Task<Cart> PurchaseCartAsync(CancellationToken cancellationToken = default);
}
