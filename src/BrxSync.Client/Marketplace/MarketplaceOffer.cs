using System.Text.Json;
using BrxSync.Client.Inventory;

namespace BrxSync.Client.Marketplace;

/// <summary>A product somebody offers. Never compare its price with your own export: the marketplace shows a higher one.</summary>
public sealed record MarketplaceOffer
{
    /// <summary>Gets the product.</summary>
    public required ProductId Id { get; init; }

    /// <summary>Gets the blueprint.</summary>
    public BlueprintId? BlueprintId { get; init; }

    /// <summary>Gets the number of units.</summary>
    public int Quantity { get; init; }

    /// <summary>Gets the number of cards in one unit.</summary>
    /// <value>The default is 1.</value>
    public int BundleSize { get; init; } = 1;

    /// <summary>Gets the English name of the blueprint.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the price of one unit in your currency.</summary>
    public Money? Price { get; init; }

    /// <summary>Gets the price as a text for display.</summary>
    public string? FormattedPrice { get; init; }

    /// <summary>Gets the seller's description.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the properties.</summary>
    public ProductProperties Properties { get; init; } = ProductProperties.Empty;

    /// <summary>Gets the expansion.</summary>
    public ExpansionId? ExpansionId { get; init; }

    /// <summary>Gets the code of the expansion.</summary>
    public string? ExpansionCode { get; init; }

    /// <summary>Gets the English name of the expansion.</summary>
    public string? ExpansionName { get; init; }

    /// <summary>Gets the seller.</summary>
    public MarketplaceSeller? Seller { get; init; }

    /// <summary>Gets a value indicating whether the product is graded.</summary>
    public bool Graded { get; init; }

    /// <summary>Gets a value indicating whether the seller is away.</summary>
    public bool? OnVacation { get; init; }

    /// <summary>Gets the keys this version does not know, with their values.</summary>
    public IReadOnlyDictionary<string, JsonElement>? ExtensionData { get; init; }
}
