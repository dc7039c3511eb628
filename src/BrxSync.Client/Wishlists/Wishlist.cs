namespace BrxSync.Client.Wishlists;

/// <summary>A list of cards somebody wants.</summary>
public sealed record Wishlist : CardTraderRecord
{
    /// <summary>Gets the id of the list.</summary>
    public required WishlistId Id { get; init; }

    /// <summary>Gets the name of the list.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the game of all its cards.</summary>
    public GameId? GameId { get; init; }

    /// <summary>Gets a value indicating whether everybody can see the list.</summary>
    public bool? Public { get; init; }

    /// <summary>Gets when the list was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets when the list was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Gets the cards.</summary>
    /// <value><see langword="null"/> where CardTrader does not list them: in pages of wishlists.</value>
    public IReadOnlyList<WishlistItem>? Items { get; init; }
}
