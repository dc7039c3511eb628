using BrxSync.Client.Orders;

namespace BrxSync.Client.Marketplace;

/// <summary>Something to put into the cart.</summary>
public sealed record CartAddition
{
    /// <summary>Gets the product.</summary>
    public required ProductId ProductId { get; init; }

    /// <summary>Gets the number of units. At least 1.</summary>
    public required int Quantity { get; init; }

    /// <summary>Gets a value indicating whether it goes over CardTrader Zero.</summary>
    public bool ViaCardTraderZero { get; init; }

    /// <summary>Gets the address on the invoice; the last one sent counts for the whole cart.</summary>
    public OrderAddress? BillingAddress { get; init; }

    /// <summary>Gets where the goods go; the last one sent counts for the whole cart.</summary>
    public OrderAddress? ShippingAddress { get; init; }
}
