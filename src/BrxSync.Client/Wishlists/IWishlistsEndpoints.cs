using BrxSync.Client.Http;
using Refit;

namespace BrxSync.Client.Wishlists;

/// <summary>The endpoints about wishlists.</summary>
internal interface IWishlistsEndpoints : IEndpoints
{
    const string AllRoute = "/wishlists";
    const string OneRoute = AllRoute + "/{id}";

    [Get(AllRoute)]
    Task<CardTraderList<Wishlist>> ListAsync(
        int page, int limit, [AliasAs("game_id")] long? game, CancellationToken cancellationToken);

    [Get(OneRoute)]
    Task<Wishlist> GetAsync(long id, CancellationToken cancellationToken);

    [Post(AllRoute)]
    Task<Wishlist> CreateAsync([Body] NewWishlistBody wishlist, CancellationToken cancellationToken);

    [Delete(OneRoute)]
    Task DeleteAsync(long id, CancellationToken cancellationToken);
}
