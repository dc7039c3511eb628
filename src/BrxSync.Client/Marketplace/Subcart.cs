using BrxSync.Client.Orders;

namespace BrxSync.Client.Marketplace;

/// <summary>The part of a cart that one seller ships.</summary>
public sealed record Subcart
{
    /// <summary>Gets the id of the part.</summary>
    public long? Id { get; init; }

    /// <summary>Gets the seller.</summary>
    public OrderUser? Seller { get; init; }

    /// <summary>Gets a value indicating whether it goes over CardTrader Zero.</summary>
    public bool? ViaCardTraderZero { get; init; }

    /// <summary>Gets the cost of shipping.</summary>
    public Money? ShippingCost { get; init; }

    /// <summary>Gets the items.</summary>
    public IReadOnlyList<CartItem> Items { get; init; } = [];
}
