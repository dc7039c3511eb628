using BrxSync.Client.Orders;

namespace BrxSync.Client.Marketplace;

/// <summary>What is about to be bought. Items that sold out vanish from it without a word.</summary>
public sealed record Cart : CardTraderRecord
{
    /// <summary>Gets the id of the cart.</summary>
    public long? Id { get; init; }

    /// <summary>Gets the parts of the cart, one for each seller and way of shipping.</summary>
    public IReadOnlyList<Subcart> Subcarts { get; init; } = [];

    /// <summary>Gets the sum of all items.</summary>
    public Money? Subtotal { get; init; }

    /// <summary>Gets the fee for the buyer's protection.</summary>
    public Money? SafeguardFee { get; init; }

    /// <summary>Gets the fee for CardTrader Zero.</summary>
    public Money? CtZeroFee { get; init; }

    /// <summary>Gets the cost of shipping.</summary>
    public Money? ShippingCost { get; init; }

    /// <summary>Gets the part of the payment's fee that depends on the sum.</summary>
    public Money? PaymentPercentageFee { get; init; }

    /// <summary>Gets the part of the payment's fee that is fixed.</summary>
    public Money? PaymentFixedFee { get; init; }

    /// <summary>Gets the sum of everything.</summary>
    public Money? Total { get; init; }

    /// <summary>Gets the address on the invoice.</summary>
    public OrderAddress? BillingAddress { get; init; }

    /// <summary>Gets where the goods go.</summary>
    public OrderAddress? ShippingAddress { get; init; }

    /// <summary>Gets when the cart was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets when the cart was last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
