namespace BrxSync.Simulator.Wishlists;

/// <summary>A wishlist.</summary>
internal sealed record Wishlist(long Id, string Name, int GameId, bool Public, DateTimeOffset CreatedAt, IReadOnlyList<WishlistItem> Items);
