namespace BrxSync.Client.Marketplace;

/// <summary>A way in which a seller ships to your country.</summary>
public sealed record ShippingMethod : CardTraderRecord
{
    /// <summary>Gets the id of the method.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the name of the method.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the shortest estimate in days.</summary>
    public int? MinEstimateShippingDays { get; init; }

    /// <summary>Gets the longest estimate in days.</summary>
    public int? MaxEstimateShippingDays { get; init; }

    /// <summary>Gets a value indicating whether it is a parcel.</summary>
    public bool? Parcel { get; init; }

    /// <summary>Gets a value indicating whether it is tracked.</summary>
    public bool? Tracked { get; init; }

    /// <summary>Gets the address to track at; <c>{code}</c> stands for the tracking code.</summary>
    public string? TrackingLink { get; init; }

    /// <summary>Gets the number of cards from which shipping is free.</summary>
    public int? FreeShippingThresholdQuantity { get; init; }

    /// <summary>Gets the sum from which shipping is free.</summary>
    public Money? FreeShippingThresholdPrice { get; init; }

    /// <summary>Gets the sum from which shipping is free as a text for display.</summary>
    public string? FormattedFreeShippingThresholdPrice { get; init; }

    /// <summary>Gets the largest sum that may be shipped this way.</summary>
    public Money? MaxCartSubtotalPrice { get; init; }

    /// <summary>Gets the largest sum that may be shipped this way as a text for display.</summary>
    public string? FormattedMaxCartSubtotalPrice { get; init; }

    /// <summary>Gets the prices by weight.</summary>
    public IReadOnlyList<ShippingMethodCost> Costs { get; init; } = [];
}
