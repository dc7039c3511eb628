using System.Globalization;
using BrxSync.Client.Serialization;

namespace BrxSync.Client.Wishlists;

/// <summary>Identifies one wishlist.</summary>
/// <param name="Value">The number CardTrader gave it; always positive.</param>
public readonly record struct WishlistId(long Value) : IEntityId<WishlistId>
{
    static WishlistId IEntityId<WishlistId>.From(long value) => new(value);

    /// <summary>Returns the number as text, without any formatting of a culture.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
