namespace BrxSync.Simulator.Catalog;

/// <summary>What a product is an instance of: one printing of a card, or one sealed or accessory article.</summary>
public sealed record SimulatedBlueprint
{
    /// <summary>Gets the blueprint id.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the printing, which may be empty or null.</summary>
    public string? Version { get; init; }

    /// <summary>Gets the game id.</summary>
    public required int GameId { get; init; }

    /// <summary>Gets the category id.</summary>
    public required int CategoryId { get; init; }

    /// <summary>Gets the expansion id, or null for a blueprint without expansion.</summary>
    public required int? ExpansionId { get; init; }

    /// <summary>Gets the read-only properties, such as rarity and collector number.</summary>
    public PropertyBag FixedProperties { get; init; } = PropertyBag.Empty;

    /// <summary>Gets the only properties that a product of this blueprint may set.</summary>
    public IReadOnlyList<PropertyDefinition> EditableProperties { get; init; } = [];

    /// <summary>Gets the Cardmarket id, or null when there is none.</summary>
    public int? CardMarketId { get; init; }

    /// <summary>Gets the TCGplayer id, or null when there is none.</summary>
    public int? TcgPlayerId { get; init; }

    /// <summary>Gets the Scryfall id; null and empty both occur and both mean none.</summary>
    public string? ScryfallId { get; init; }
}
