using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrxSync.Client.Catalog;

/// <summary>A category of blueprints, for example the single cards of a game.</summary>
public sealed record Category
{
    /// <summary>Gets the id of the category.</summary>
    public required CategoryId Id { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the game.</summary>
    public GameId? GameId { get; init; }

    /// <summary>Gets the properties that products of this category may have.</summary>
    public IReadOnlyList<PropertyDefinition> Properties { get; init => field = value ?? []; } = [];

    /// <summary>Gets or sets the keys this version does not know, with their values.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? ExtensionData { get; set; }
}
