namespace BrxSync.Client.Catalog;

/// <summary>A category of blueprints, for example the single cards of a game.</summary>
public sealed record Category : CardTraderRecord
{
    /// <summary>Gets the id of the category.</summary>
    public required CategoryId Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the game.</summary>
    public GameId? GameId { get; init; }

    /// <summary>Gets the properties that products of this category may have.</summary>
    public IReadOnlyList<PropertyDefinition> Properties { get; init; } = [];
}
