using System.Collections.ObjectModel;

namespace BrxSync.Client.Marketplace;

/// <summary>The cheapest offers of some blueprints.</summary>
public sealed record MarketplaceOffers : CardTraderRecord
{
    /// <summary>Gets the offers of each blueprint, not strictly by price.</summary>
    public IReadOnlyDictionary<BlueprintId, CardTraderList<MarketplaceOffer>> ByBlueprint { get; init; } =
        ReadOnlyDictionary<BlueprintId, CardTraderList<MarketplaceOffer>>.Empty;
}
