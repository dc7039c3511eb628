using BrxSync.Client;
using BrxSync.Client.Inventory;

namespace BrxSync.Sync.Changes.Properties;

/// <summary>The properties that a product should have at CardTrader.</summary>
internal sealed record PropertyRequest
{
    /// <summary>Gets the blueprint of the product.</summary>
    public required BlueprintId Blueprint { get; init; }

    /// <summary>Gets the properties to send, as they were entered.</summary>
    public required IReadOnlyDictionary<string, PropertyValue> Wanted { get; init; }

    /// <summary>Gets the properties that the product has at CardTrader as far as is known; empty for one that is to be created.</summary>
    public required IReadOnlyDictionary<string, PropertyValue> Current { get; init; }

    /// <summary>Gets the product, which helps to find the expansion of a blueprint that nobody offers; null if there is none.</summary>
    public ProductId? Product { get; init; }
}
