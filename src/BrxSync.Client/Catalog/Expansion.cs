using System.Text.Json;
using System.Text.Json.Serialization;

namespace BrxSync.Client.Catalog;

/// <summary>An expansion (a set) of a game.</summary>
public sealed record Expansion
{
    /// <summary>Gets the id of the expansion.</summary>
    public required ExpansionId Id { get; init; }

    /// <summary>Gets the game.</summary>
    public GameId? GameId { get; init; }

    /// <summary>Gets the code, unique inside one game only.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets or sets the keys this version does not know, with their values.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? ExtensionData { get; set; }
}
