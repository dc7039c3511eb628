using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrxSync.Client.Catalog;

/// <summary>A game whose cards are traded.</summary>
public sealed record Game
{
    /// <summary>Gets the id of the game.</summary>
    public required GameId Id { get; init; }

    /// <summary>Gets the short name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the name to show.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Gets or sets the keys this version does not know, with their values.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? ExtensionData { get; set; }
}
