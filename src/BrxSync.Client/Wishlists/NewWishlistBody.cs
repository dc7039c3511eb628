using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Wishlists;

/// <summary>A wishlist to make, as it is sent.</summary>
internal sealed class NewWishlistBody(NewWishlist wishlist) : IRequestBody
{
    public void Write(Utf8JsonWriter writer)
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
