namespace BrxSync.Client.Orders;

/// <summary>An order, as seller or as buyer. Only <see cref="Id"/> and <see cref="State"/> are always there.</summary>
/// <remarks>Names, addresses and numbers of buyers are personal data; <see cref="ToString"/> leaves them out.</remarks>
public sealed record Order : CardTraderRecord
{
    /// <summary>Gets the id of the order.</summary>
    public required OrderId Id { get; init; }

    /// <summary>Gets the state; an open set.</summary>
    public required OrderState State { get; init; }

    /// <summary>Gets the lines of the order.</summary>
    /// <value><see langword="null"/> when the answer has none or they cannot be read: fetch the order by its id then.</value>
    public IReadOnlyList<OrderItem>? Items { get; init; }

    /// <summary>Gets what keeps <see cref="Items"/> from being read.</summary>
    /// <value><see langword="null"/> when they were read.</value>
    public string? ItemsFault { get; init; }

    /// <summary>Gets the number of units in all lines together.</summary>
    public int? Size { get; init; }

    /// <summary>Gets which side the account is on.</summary>
    public OrderRole Role { get; init; }

    /// <summary>Gets a value indicating whether the sale went over CardTrader Zero.</summary>
    /// <value><see langword="null"/> when the answer does not say; fetch the order by its id then, and do not guess.</value>
    public bool? ViaCardTraderZero { get; init; }

    /// <summary>Gets the orders that were merged into this weekly one (undocumented).</summary>
    public IReadOnlyList<OrderId> MergedOrderIds { get; init; } = [];

    /// <summary>Gets the code people see.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the code of the payment.</summary>
    public string? TransactionCode { get; init; }

    /// <summary>Gets the seller.</summary>
    public OrderUser? Seller { get; init; }

    /// <summary>Gets the buyer; CardTrader's hub in sales over CardTrader Zero.</summary>
    public OrderUser? Buyer { get; init; }

    /// <summary>Gets who asked for the cancellation.</summary>
    public OrderUser? CancelRequester { get; init; }

    /// <summary>Gets when the order was paid; none at <see cref="OrderState.HubPending"/>.</summary>
    public DateTimeOffset? PaidAt { get; init; }

    /// <summary>Gets when the order was shipped.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>Gets when the order was cancelled.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>Gets when the seller got the money.</summary>
    public DateTimeOffset? CreditAddedToSellerAt { get; init; }

    /// <summary>Gets a value indicating whether the order is a pre-sale.</summary>
    public bool? Presale { get; init; }

    /// <summary>Gets when the pre-sale ended.</summary>
    public DateTimeOffset? PresaleEndedAt { get; init; }

    /// <summary>Gets the number to pack by.</summary>
    public long? PackingNumber { get; init; }

    /// <summary>Gets the total as the seller sees it, before the fee.</summary>
    public Money? SellerTotal { get; init; }

    /// <summary>Gets the total of the goods as the seller sees it, before the fee.</summary>
    public Money? SellerSubtotal { get; init; }

    /// <summary>Gets the fee the seller pays.</summary>
    public Money? SellerFee { get; init; }

    /// <summary>Gets the total as the buyer sees it.</summary>
    public Money? BuyerTotal { get; init; }

    /// <summary>Gets the total of the goods as the buyer sees it.</summary>
    public Money? BuyerSubtotal { get; init; }

    /// <summary>Gets the fee in percent; absent in real orders of sellers.</summary>
    public decimal? FeePercentage { get; init; }

    /// <summary>Gets the fee; absent in real orders of sellers.</summary>
    public Money? Fee { get; init; }

    /// <summary>Gets the total of the goods; absent in real orders of sellers.</summary>
    public Money? Subtotal { get; init; }

    /// <summary>Gets the total of the goods as a text for display, possibly in another currency.</summary>
    public string? FormattedSubtotal { get; init; }

    /// <summary>Gets the total as a text for display, possibly in another currency.</summary>
    public string? FormattedTotal { get; init; }

    /// <summary>Gets where the order goes.</summary>
    public OrderAddress? ShippingAddress { get; init; }

    /// <summary>Gets the address on the invoice.</summary>
    public OrderAddress? BillingAddress { get; init; }

    /// <summary>Gets the address of the true buyer behind a sale over CardTrader Zero (undocumented).</summary>
    public OrderAddress? RealBuyerBillingAddress { get; init; }

    /// <summary>Gets how the order is shipped; none at <see cref="OrderState.HubPending"/>.</summary>
    public OrderShippingMethod? ShippingMethod { get; init; }

    /// <summary>Returns id and state alone: the rest holds personal data.</summary>
    public override string ToString() => $"order {Id} ({State})";
}
