namespace BrxSync.Client.Wishlists;

/// <summary>A wishlist to make, from items or from a text: exactly one of the two.</summary>
public sealed record NewWishlist
{
    /// <summary>Gets the name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the game of all cards.</summary>
    public required GameId GameId { get; init; }

    /// <summary>Gets a value indicating whether everybody can see the list.</summary>
    public bool Public { get; init; }

    /// <summary>Gets the cards.</summary>
    public IReadOnlyList<WishlistItem>? Items { get; init; }

    /// <summary>Gets the cards as a text, one per line. CardTrader drops lines it cannot match without a word.</summary>
    public string? TextDeck { get; init; }
}
