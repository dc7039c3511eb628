using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using BrxSync.Client.Errors;
using BrxSync.Client.Http;

namespace BrxSync.Client.Wishlists;

internal sealed class WishlistsApi(AccountSender sender) : IWishlistsApi
{
    private const int LargestPage = 100;

    public Task<CardTraderList<Wishlist>> ListAsync(
        GameId? game = null, int page = 1, int pageSize = 20, CancellationToken cancellationToken = default)
    {
        var query = new QueryString("wishlists").Add("page", (long)page).Add("limit", (long)pageSize).Add("game_id", game?.Value);
        var call = ApiCall.Get("/wishlists", query.ToString());
        var faults = new List<CardTraderFault>();
        if (page < 1)
        {
            faults.Add(new CardTraderFault("page", $"{page} is not a page; the first is 1."));
        }

        if (pageSize is < 1 or > LargestPage)
        {
            faults.Add(new CardTraderFault("limit", $"{pageSize} lists per page; set it from 1 to {LargestPage}."));
        }

        sender.ThrowIfInvalid(call, faults);
        return sender.ReadListAsync(call, "wishlists", WishlistReader.Read, cancellationToken);
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
        sender.ReadAsync(ApiCall.Get("/wishlists/{id}", $"wishlists/{wishlist}"), WishlistReader.Read, cancellationToken);

    public Task<Wishlist> CreateAsync(NewWishlist wishlist, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(wishlist);
        var call = ApiCall.Post("/wishlists", "wishlists", OperationClass.NonRepeatableWrite);
        sender.ThrowIfInvalid(call, FindFaults(wishlist));
        return sender.ReadAsync(call.WithObject(writer => Write(writer, wishlist)), WishlistReader.Read, cancellationToken);
    }

    public async Task DeleteAsync(WishlistId wishlist, CancellationToken cancellationToken = default)
    {
        try
        {
            await sender.SendAsync(ApiCall.Delete("/wishlists/{id}", $"wishlists/{wishlist}"), cancellationToken).ConfigureAwait(false);
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

    private static void Write(Utf8JsonWriter writer, NewWishlist wishlist)
    {
        writer.WriteStartObject("deck");
        writer.WriteString("name", wishlist.Name);
        writer.WriteNumber("game_id", wishlist.GameId.Value);
        writer.WriteBoolean("public", wishlist.Public);
        writer.WriteOptional("deck_items_from_text_deck", wishlist.Items is { Count: > 0 } ? null : wishlist.TextDeck);
        if (wishlist.Items is { Count: > 0 } items)
        {
            writer.WriteStartArray("deck_items_attributes");
            foreach (var item in items)
            {
                writer.WriteStartObject();
                writer.WriteOptional("quantity", item.Quantity);
                writer.WriteOptional("blueprint_id", item.BlueprintId?.Value);
                writer.WriteOptional("meta_name", item.MetaName);
                writer.WriteOptional("expansion_code", item.ExpansionCode);
                writer.WriteOptional("collector_number", item.CollectorNumber);
                writer.WriteOptional("language", item.Language);
                writer.WriteOptional("condition", item.Condition);
                writer.WriteOptional("foil", Flag(item.Foil));
                writer.WriteOptional("reverse", Flag(item.Reverse));
                writer.WriteOptional("first_edition", Flag(item.FirstEdition));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    // These flags are texts in wishlists.
    private static string? Flag(bool? value) => value switch { true => "true", false => "false", null => null };
}
