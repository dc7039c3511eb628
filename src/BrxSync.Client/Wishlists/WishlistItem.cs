namespace BrxSync.Client.Wishlists;

/// <summary>A card on a wishlist. Without a value, a member means: any.</summary>
public sealed record WishlistItem : CardTraderRecord
{
    /// <summary>Gets how many are wanted.</summary>
    /// <value><see langword="null"/> when CardTrader does not say; a list to make needs at least 1.</value>
    public required int? Quantity { get; init; }

    /// <summary>Gets the blueprint; stands for <see cref="MetaName"/> and <see cref="ExpansionCode"/>.</summary>
    public BlueprintId? BlueprintId { get; init; }

    /// <summary>Gets the name of the card whatever its printing.</summary>
    public string? MetaName { get; init; }

    /// <summary>Gets the code of the expansion.</summary>
    public string? ExpansionCode { get; init; }

    /// <summary>Gets the collector number.</summary>
    public string? CollectorNumber { get; init; }

    /// <summary>Gets the language as CardTrader's code.</summary>
    public string? Language { get; init; }

    /// <summary>Gets the lowest condition.</summary>
    public string? Condition { get; init; }

    /// <summary>Gets whether it must be foil.</summary>
    public bool? Foil { get; init; }

    /// <summary>Gets whether it must be reverse.</summary>
    public bool? Reverse { get; init; }

    /// <summary>Gets whether it must be of the first edition.</summary>
    public bool? FirstEdition { get; init; }
}
