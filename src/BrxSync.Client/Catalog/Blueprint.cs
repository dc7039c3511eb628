using System.Collections.ObjectModel;
using System.Text.Json;

namespace BrxSync.Client.Catalog;

/// <summary>A thing that can be sold, for example one printing of a card; products are instances of it.</summary>
public sealed record Blueprint : CardTraderRecord
{
    /// <summary>Gets the id of the blueprint.</summary>
    public required BlueprintId Id { get; init; }

    /// <summary>Gets the English name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the printing: for some games the rarity or the number.</summary>
    /// <value><see langword="null"/> for none; an empty text is read as none.</value>
    public string? Version { get; init; }

    /// <summary>Gets the game.</summary>
    public GameId? GameId { get; init; }

    /// <summary>Gets the category.</summary>
    public CategoryId? CategoryId { get; init; }

    /// <summary>Gets the expansion.</summary>
    public ExpansionId? ExpansionId { get; init; }

    /// <summary>Gets the absolute address of a preview picture.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>Gets the picture of the front.</summary>
    public BlueprintImage? Image { get; init; }

    /// <summary>Gets the picture of the back, for two-sided cards.</summary>
    public BlueprintImage? BackImage { get; init; }

    /// <summary>Gets the read-only properties, for example rarity and collector number.</summary>
    public IReadOnlyDictionary<string, JsonElement> FixedProperties { get; init; } =
        ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Gets the only properties a product of this blueprint may set.</summary>
    public IReadOnlyList<PropertyDefinition> EditableProperties { get; init; } = [];

    /// <summary>Gets the ids of the same card on Cardmarket: usually one, sometimes none or several.</summary>
    public IReadOnlyList<long> CardMarketIds { get; init; } = [];

    /// <summary>Gets the id of the same card at TCGplayer.</summary>
    public long? TcgPlayerId { get; init; }

    /// <summary>Gets the id of the same card at Scryfall.</summary>
    /// <value><see langword="null"/> for none; an empty text is read as none.</value>
    public string? ScryfallId { get; init; }
}
