using System.Text.Json;
using BrxSync.Client.Http;

namespace BrxSync.Client.Wishlists;

/// <summary>A wishlist to make, from items or from a text: exactly one of the two.</summary>
public sealed record NewWishlist : IRequestBody
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the game of all cards.</summary>
    public required GameId GameId { get; init; }

    /// <summary>Gets a value indicating whether everybody can see the list.</summary>
    public bool Public { get; init; }

    /// <summary>Gets the cards.</summary>
    public IReadOnlyList<WishlistItem>? Items { get; init; }

    /// <summary>Gets the cards as a text, one per line. CardTrader drops lines it cannot match without a word.</summary>
    public string? TextDeck { get; init; }

    void IRequestBody.Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("deck");
        writer.WriteString("name", Name);
        writer.WriteNumber("game_id", GameId.Value);
        writer.WriteBoolean("public", Public);
        writer.WriteOptional("deck_items_from_text_deck", Items is { Count: > 0 } ? null : TextDeck);
        if (Items is { Count: > 0 } items)
        {
            writer.WriteStartArray("deck_items_attributes");
            foreach (var item in items)
            {
                writer.WriteStartObject();
                writer.WriteNumber("quantity", item.Quantity);
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
