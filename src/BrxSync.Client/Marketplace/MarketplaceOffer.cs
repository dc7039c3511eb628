using BrxSync.Client.Inventory;

namespace BrxSync.Client.Marketplace;

/// <summary>A product somebody offers. Never compare its price with your own export: the marketplace shows a higher one.</summary>
public sealed record MarketplaceOffer : CardTraderRecord
{
    /// <summary>Gets the product.</summary>
    public required ProductId Id { get; init; }

    /// <summary>Gets the blueprint.</summary>
    public BlueprintId? BlueprintId { get; init; }

    /// <summary>Gets the number of units.</summary>
    /// <value><see langword="null"/> when CardTrader does not say: not the same as none.</value>
    public int? Quantity { get; init; }

    /// <summary>Gets the number of cards in one unit.</summary>
    /// <value><see langword="null"/> when CardTrader does not say.</value>
    public int? BundleSize { get; init; }

    /// <summary>Gets the English name of the blueprint.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the price of one unit in your currency.</summary>
    public Money? Price { get; init; }

    /// <summary>Gets the price as a text for display.</summary>
    public string? FormattedPrice { get; init; }

    /// <summary>Gets the symbol of the price's currency, for display.</summary>
    public string? CurrencySymbol { get; init; }

    /// <summary>Gets the seller's description exactly as stored; an empty text and none are different values.</summary>
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

    /// <summary>Gets what CardTrader sent for <c>graded</c> when it was neither true, false nor null.</summary>
    public string? GradedText { get; init; }

    /// <summary>Gets a value indicating whether the seller is away.</summary>
    public bool? OnVacation { get; init; }
}
