using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BrxSync.Simulator.Http;
using BrxSync.Simulator.Inventory;

namespace BrxSync.Simulator.Wishlists;

/// <summary>Wishlists: paged list, one with its items, create from lines or text, delete.</summary>
internal static partial class WishlistEndpoints
{
    private const int DefaultLimit = 20;

    public static void Map(ApiRoutes routes)
    {
        routes.Get("/wishlists", ListAsync);
        routes.Get("/wishlists/{id:long}", GetAsync);
        routes.Post("/wishlists", CreateAsync);
        routes.Delete("/wishlists/{id:long}", DeleteAsync);
    }

    private static Task ListAsync(ApiCall call)
    {
        var page = Number(call, "page") ?? 1;
        var limit = Number(call, "limit") is >= 1 and <= 100 and var given ? given : DefaultLimit;
        var game = Number(call, "game_id");
        lock (call.Marketplace.Gate)
        {
            var rows = call.Marketplace.WishlistsOf(call.Seller)
                .Where(list => game is null || list.GameId == game).Skip((Math.Max(1, page) - 1) * limit).Take(limit).ToList();
            return call.AnswerListAsync(rows, (json, list) => Write(json, list, withItems: false));
        }
    }

    private static Task GetAsync(ApiCall call)
    {
        lock (call.Marketplace.Gate)
        {
            var id = ProductEndpoints.Id(call);
            return call.Marketplace.WishlistsOf(call.Seller).Find(list => list.Id == id) is { } found
                ? call.AnswerAsync(json => Write(json, found, withItems: true))
                : ErrorAnswer.NotFoundAsync(call.Context, "Wishlist not found");
        }
    }

    private static Task DeleteAsync(ApiCall call)
    {
        lock (call.Marketplace.Gate)
        {
            var id = ProductEndpoints.Id(call);
            if (call.Marketplace.WishlistsOf(call.Seller).RemoveAll(list => list.Id == id) == 0)
            {
                return ErrorAnswer.NotFoundAsync(call.Context, "Wishlist not found");
            }
        }

        call.Effect = "wishlist deleted";
        return call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteEndObject();
        });
    }

    private static async Task CreateAsync(ApiCall call)
    {
        var body = await RequestBody.ReadJsonAsync(call).ConfigureAwait(false);
        if (!body.TryGetProperty("deck", out var deck) || deck.ValueKind != JsonValueKind.Object)
        {
            await ErrorAnswer.MissingParameterAsync(call.Context, "deck").ConfigureAwait(false);
            return;
        }

        if (RequestBody.Text(deck, "name") is not { Length: > 0 } name || !RequestBody.TryInt(deck, "game_id", out var game))
        {
            await RefuseAsync(call, "Name and game are required").ConfigureAwait(false);
            return;
        }

        List<WishlistItem> items;
        if (deck.TryGetProperty("deck_items_attributes", out var lines) && lines.ValueKind == JsonValueKind.Array)
        {
            items = [.. lines.EnumerateArray().Select(ReadItem)];
        }
        else if (RequestBody.Text(deck, "deck_items_from_text_deck") is { } text)
        {
            items = ReadText(text);
        }
        else
        {
            await RefuseAsync(call, "Items are required").ConfigureAwait(false);
            return;
        }

        var list = new Wishlist(
            call.Marketplace.NextId(), name, (int)game, RequestBody.Flag(deck, "public"), call.Marketplace.Clock.Now, items);
        lock (call.Marketplace.Gate)
        {
            call.Marketplace.WishlistsOf(call.Seller).Add(list);
        }

        call.Effect = string.Create(CultureInfo.InvariantCulture, $"wishlist {list.Id} with {items.Count} items");
        await call.AnswerAsync(json => Write(json, list, withItems: true)).ConfigureAwait(false);
    }

    private static Task RefuseAsync(ApiCall call, string text) => call.AnswerAsync(
        json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("errors");
            json.WriteStringValue(text);
            json.WriteEndArray();
            json.WriteEndObject();
        },
        StatusCodes.Status422UnprocessableEntity);

    private static WishlistItem ReadItem(JsonElement line) => new()
    {
        Quantity = RequestBody.TryInt(line, "quantity", out var quantity) ? (int)quantity : 1,
        BlueprintId = RequestBody.TryInt(line, "blueprint_id", out var blueprint) ? blueprint : null,
        MetaName = RequestBody.Text(line, "meta_name"),
        ExpansionCode = RequestBody.Text(line, "expansion_code"),
        CollectorNumber = RequestBody.Text(line, "collector_number"),
        Language = RequestBody.Text(line, "language"),
        Condition = RequestBody.Text(line, "condition"),
        Foil = RequestBody.Text(line, "foil"),
        Reverse = RequestBody.Text(line, "reverse"),
        FirstEdition = RequestBody.Text(line, "first_edition"),
    };

    /// <summary>Reads lines such as <c>4 Silent Owl (x12) 7</c>; what does not match is dropped without a word.</summary>
    private static List<WishlistItem> ReadText(string text)
    {
        var items = new List<WishlistItem>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (DeckLine().Match(line) is { Success: true } match)
            {
                items.Add(new WishlistItem
                {
                    Quantity = int.Parse(match.Groups["count"].ValueSpan, CultureInfo.InvariantCulture),
                    MetaName = match.Groups["name"].Value,
                    ExpansionCode = match.Groups["code"].Success ? match.Groups["code"].Value : null,
                    CollectorNumber = match.Groups["number"].Success ? match.Groups["number"].Value : null,
                });
            }
        }

        return items;
    }

    private static void Write(Utf8JsonWriter json, Wishlist list, bool withItems)
    {
        json.WriteStartObject();
        json.WriteNumber("id", list.Id);
        json.WriteString("name", list.Name);
        json.WriteNumber("game_id", list.GameId);
        json.WriteBoolean("public", list.Public);
        Timestamps.Write(json, "created_at", list.CreatedAt);
        Timestamps.Write(json, "updated_at", list.CreatedAt);
        if (withItems)
        {
            json.WriteStartArray("items");
            foreach (var item in list.Items)
            {
                WriteItem(json, item);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter json, WishlistItem item)
    {
        json.WriteStartObject();
        json.WriteNumber("quantity", item.Quantity);
        if (item.BlueprintId is { } blueprint)
        {
            json.WriteNumber("blueprint_id", blueprint);
        }

        json.WriteString("meta_name", item.MetaName);
        json.WriteString("expansion_code", item.ExpansionCode);
        json.WriteString("collector_number", item.CollectorNumber);
        json.WriteString("language", item.Language);
        json.WriteString("condition", item.Condition);
        json.WriteString("foil", item.Foil);
        json.WriteString("reverse", item.Reverse);
        json.WriteString("first_edition", item.FirstEdition);
        json.WriteEndObject();
    }

    private static int? Number(ApiCall call, string name) =>
        int.TryParse(call.Query(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(
        @"^(?<count>\d{1,4})x? (?<name>[^(]+?)(?: \((?<code>[^)]+)\)(?: (?<number>\S+))?)?$",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex DeckLine();
}
