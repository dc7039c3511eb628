namespace BrxSync.Simulator.Wishlists;

/// <summary>A line of a wishlist. Foil and its likes are texts, or null for any.</summary>
internal sealed record WishlistItem
{
    public required int Quantity { get; init; }

    public long? BlueprintId { get; init; }

    public string? MetaName { get; init; }

    public string? ExpansionCode { get; init; }

    public string? CollectorNumber { get; init; }

    public string? Language { get; init; }

    public string? Condition { get; init; }

    public string? Foil { get; init; }

    public string? Reverse { get; init; }

    public string? FirstEdition { get; init; }
}
