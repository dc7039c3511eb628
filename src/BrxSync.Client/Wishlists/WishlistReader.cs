using System.Text.Json;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Wishlists;

/// <summary>Reads wishlists.</summary>
internal static class WishlistReader
{
    /// <exception cref="JsonException">The value is not a wishlist.</exception>
    public static Wishlist Read(JsonElement element)
    {
        var list = new TolerantObject(element, "wishlist");
        return new Wishlist
        {
            Id = list.RequireId<WishlistId>("id"),
            Name = list.Text("name"),
            GameId = list.Id<GameId>("game_id"),
            Public = list.Flag("public"),
            CreatedAt = list.Time("created_at"),
            UpdatedAt = list.Time("updated_at"),
            Items = list.List("items", ReadItem),
            ExtensionData = list.Rest,
            Faults = list.Faults,
        };
    }

    private static WishlistItem ReadItem(JsonElement element)
    {
        var item = new TolerantObject(element, "wishlist item");
        return new WishlistItem
        {
            Quantity = item.Count("quantity"),
            BlueprintId = item.Id<BlueprintId>("blueprint_id"),
            MetaName = item.Text("meta_name"),
            ExpansionCode = item.Text("expansion_code"),
            CollectorNumber = item.Text("collector_number"),
            Language = item.Text("language") is { } language and not "null" ? language : null,
            Condition = item.Text("condition"),
            Foil = item.Flag("foil"),
            Reverse = item.Flag("reverse"),
            FirstEdition = item.Flag("first_edition"),
            ExtensionData = item.Rest,
            Faults = item.Faults,
        };
    }
}
