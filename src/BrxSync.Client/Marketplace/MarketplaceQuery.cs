namespace BrxSync.Client.Marketplace;

/// <summary>Says which offers are wanted: of an expansion or of a blueprint, exactly one of the two.</summary>
public sealed record MarketplaceQuery
{
    /// <summary>Gets the expansion.</summary>
    public ExpansionId? ExpansionId { get; init; }

    /// <summary>Gets the blueprint.</summary>
    public BlueprintId? BlueprintId { get; init; }

    /// <summary>Gets whether only foils, or only others, are wanted. Ask for both apart: cheap copies crowd foils out.</summary>
    public bool? Foil { get; init; }

    /// <summary>Gets the language as CardTrader's code.</summary>
    public string? Language { get; init; }
}
