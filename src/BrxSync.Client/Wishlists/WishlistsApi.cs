using System.Net;
using System.Runtime.CompilerServices;
using BrxSync.Client.Errors;

namespace BrxSync.Client.Wishlists;

internal sealed class WishlistsApi(IWishlistsEndpoints endpoints) : IWishlistsApi
{
    private const int LargestPage = 100;

    public Task<CardTraderList<Wishlist>> ListAsync(
        GameId? game = null, int page = 1, int pageSize = 20, CancellationToken cancellationToken = default)
    {
        var faults = new List<CardTraderFault>();
        if (page < 1)
        {
            faults.Add(new CardTraderFault("page", $"{page} is not a page; the first is 1."));
        }

        if (pageSize is < 1 or > LargestPage)
        {
            faults.Add(new CardTraderFault("limit", $"{pageSize} lists per page; set it from 1 to {LargestPage}."));
        }

        CallErrors.ThrowIfInvalid(HttpMethod.Get, IWishlistsEndpoints.AllRoute, faults);
        return endpoints.ListAsync(page, pageSize, game?.Value, cancellationToken);
    }

    public async IAsyncEnumerable<Wishlist> StreamAsync(
        GameId? game = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var seen = new HashSet<WishlistId>();
        CardTraderList<Wishlist>? incomplete = null;
        for (var number = 1; ; number++)
        {
            var page = await ListAsync(game, number, LargestPage, cancellationToken).ConfigureAwait(false);
            foreach (var wishlist in page.Where(wishlist => seen.Add(wishlist.Id)))
            {
                yield return wishlist;
            }

            incomplete ??= page.Unreadable.Count > 0 ? page : null;
            if (page.RowCount < LargestPage)
            {
                break;
            }
        }

        incomplete?.RequireAll();
    }

    public Task<Wishlist> GetAsync(WishlistId wishlist, CancellationToken cancellationToken = default) =>
        endpoints.GetAsync(wishlist.Value, cancellationToken);

    public Task<Wishlist> CreateAsync(NewWishlist wishlist, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wishlist);
        CallErrors.ThrowIfInvalid(HttpMethod.Post, IWishlistsEndpoints.AllRoute, FindFaults(wishlist));
        return endpoints.CreateAsync(new NewWishlistBody(wishlist), cancellationToken);
    }

    public async Task DeleteAsync(WishlistId wishlist, CancellationToken cancellationToken = default)
    {
        try
        {
            await endpoints.DeleteAsync(wishlist.Value, cancellationToken).ConfigureAwait(false);
        }
        catch (CardTraderException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            // Gone already: that is what was asked for.
        }
    }

    private static List<CardTraderFault> FindFaults(NewWishlist wishlist)
    {
        var faults = new List<CardTraderFault>();
        if (string.IsNullOrWhiteSpace(wishlist.Name))
        {
            faults.Add(new CardTraderFault("name", "It is empty."));
        }

        if (wishlist.GameId.Value <= 0)
        {
            faults.Add(new CardTraderFault("game_id", $"{wishlist.GameId} is not an id; ids are positive."));
        }

        var hasItems = wishlist.Items is { Count: > 0 };
        if (hasItems == !string.IsNullOrWhiteSpace(wishlist.TextDeck))
        {
            faults.Add(new CardTraderFault("items", hasItems ? "Items and a text exclude each other." : "Items or a text are needed."));
        }

        foreach (var (index, item) in (wishlist.Items ?? []).Index())
        {
            if (item.Quantity is not > 0)
            {
                faults.Add(new CardTraderFault($"items[{index}].quantity", $"{item.Quantity ?? 0} copies; the least is 1."));
            }

            if (item.BlueprintId is null && string.IsNullOrWhiteSpace(item.MetaName))
            {
                faults.Add(new CardTraderFault($"items[{index}]", "It names neither a blueprint nor a card."));
            }
        }

        return faults;
    }
}
