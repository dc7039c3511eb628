namespace BrxSync.Client.Orders;

/// <summary>How an order is shipped.</summary>
public sealed record OrderShippingMethod : CardTraderRecord
{
    /// <summary>Gets the id of the method.</summary>
    public long? Id { get; init; }

    /// <summary>Gets the name of the method.</summary>
    public string? Name { get; init; }

    /// <summary>Gets a value indicating whether the method is tracked.</summary>
    public bool? Tracked { get; init; }

    /// <summary>Gets the tracking code, once set.</summary>
    public string? TrackingCode { get; init; }

    /// <summary>Gets the longest estimate in days.</summary>
    public int? MaxEstimateShippingDays { get; init; }

    /// <summary>Gets the price.</summary>
    public Money? Price { get; init; }

    /// <summary>Gets the price as the seller sees it.</summary>
    public Money? SellerPrice { get; init; }

    /// <summary>Gets the price as the buyer sees it.</summary>
    public Money? BuyerPrice { get; init; }

    /// <summary>Gets the price as a text for display, possibly in another currency.</summary>
    public string? FormattedPrice { get; init; }

    /// <summary>Gets the buyer's price as a text for display, possibly in another currency.</summary>
    public string? FormattedBuyerPrice { get; init; }
}
