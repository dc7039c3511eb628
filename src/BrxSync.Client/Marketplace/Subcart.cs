using BrxSync.Client.Orders;

namespace BrxSync.Client.Marketplace;

/// <summary>The part of a cart that one seller ships.</summary>
public sealed record Subcart : CardTraderRecord
{
    /// <summary>Gets the id of the part.</summary>
    public long? Id { get; init; }

    /// <summary>Gets the seller.</summary>
    public OrderUser? Seller { get; init; }

    /// <summary>Gets a value indicating whether it goes over CardTrader Zero.</summary>
    public bool? ViaCardTraderZero { get; init; }

    /// <summary>Gets the sum of its items.</summary>
    public Money? Subtotal { get; init; }

    /// <summary>Gets its fee for the buyer's protection.</summary>
    public Money? SafeguardFee { get; init; }

    /// <summary>Gets its fee for CardTrader Zero.</summary>
    public Money? CtZeroFee { get; init; }

    /// <summary>Gets the part of the payment's fee that depends on the sum.</summary>
    public Money? PaymentPercentageFee { get; init; }

    /// <summary>Gets the part of the payment's fee that is fixed.</summary>
    public Money? PaymentFixedFee { get; init; }

    /// <summary>Gets the sum of all of it.</summary>
    public Money? Total { get; init; }

    /// <summary>Gets the address on the invoice.</summary>
    public OrderAddress? BillingAddress { get; init; }

    /// <summary>Gets where the goods go.</summary>
    public OrderAddress? ShippingAddress { get; init; }

    /// <summary>Gets the cost of shipping.</summary>
    public Money? ShippingCost { get; init; }

    /// <summary>Gets the items.</summary>
    public IReadOnlyList<CartItem> Items { get; init; } = [];
}
