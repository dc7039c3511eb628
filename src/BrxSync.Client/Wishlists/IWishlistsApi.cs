using BrxSync.Client.Errors;

namespace BrxSync.Client.Wishlists;

/// <summary>Reads and makes wishlists.</summary>
public interface IWishlistsApi
{
    /// <summary>Reads one page of wishlists, without their cards (<c>GET /wishlists</c>).</summary>
    /// <param name="game">The game; <see langword="null"/> for all.</param>
    /// <param name="page">The page, from 1.</param>
    /// <param name="pageSize">The number of lists in one page, 1 to 100.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">The request is wrong (every fault is listed) or the call failed.</exception>
    Task<CardTraderList<Wishlist>> ListAsync(
        GameId? game = null, int page = 1, int pageSize = 20, CancellationToken cancellationToken = default);

    /// <summary>Walks through all wishlists, without their cards (<c>GET /wishlists</c>).</summary>
    /// <param name="game">The game; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Stops the walk.</param>
    /// <exception cref="CardTraderException">A call failed.</exception>
    IAsyncEnumerable<Wishlist> StreamAsync(GameId? game = null, CancellationToken cancellationToken = default);

    /// <summary>Reads one wishlist with its cards (<c>GET /wishlists/:id</c>).</summary>
    /// <param name="wishlist">The list.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">There is no such list, or the call failed.</exception>
    Task<Wishlist> GetAsync(WishlistId wishlist, CancellationToken cancellationToken = default);

    /// <summary>Makes a wishlist (<c>POST /wishlists</c>). Not repeatable.</summary>
    /// <param name="wishlist">The list.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">
    /// The list is refused, here with every fault at once or by CardTrader, or the outcome is unknown.
    /// </exception>
    Task<Wishlist> CreateAsync(NewWishlist wishlist, CancellationToken cancellationToken = default);

    /// <summary>Removes a wishlist (<c>DELETE /wishlists/:id</c>). A list that is gone already counts as removed.</summary>
    /// <param name="wishlist">The list.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="CardTraderException">The call failed.</exception>
    Task DeleteAsync(WishlistId wishlist, CancellationToken cancellationToken = default);
}
