namespace BrxSync.Client.Marketplace;

/// <summary>What shipping costs for a range of weights.</summary>
public sealed record ShippingMethodCost : CardTraderRecord
{
    /// <summary>Gets the least weight in grams.</summary>
    public int? FromGrams { get; init; }

    /// <summary>Gets the greatest weight in grams.</summary>
    public int? ToGrams { get; init; }

    /// <summary>Gets the price.</summary>
    public Money? Price { get; init; }

    /// <summary>Gets the price as a text for display.</summary>
    public string? FormattedPrice { get; init; }
}
