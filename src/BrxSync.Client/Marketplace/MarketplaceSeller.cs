namespace BrxSync.Client.Marketplace;

/// <summary>Who offers a product.</summary>
public sealed record MarketplaceSeller : CardTraderRecord
{
    /// <summary>Gets the id of the seller.</summary>
    public long? Id { get; init; }

    /// <summary>Gets the public name.</summary>
    public string? Username { get; init; }

    /// <summary>Gets the country as ISO 3166 alpha-2 code.</summary>
    public string? CountryCode { get; init; }

    /// <summary>Gets the type as received, for example <c>normal</c> or <c>pro</c>.</summary>
    public string? UserType { get; init; }

    /// <summary>Gets a value indicating whether the seller sells over CardTrader Zero.</summary>
    public bool? CanSellViaHub { get; init; }

    /// <summary>Gets how many copies the seller may sell in a day.</summary>
    public int? MaxSellableIn24HoursQuantity { get; init; }

    /// <summary>Gets a value indicating whether the seller sells sealed goods over CardTrader Zero (undocumented).</summary>
    public bool? CanSellSealedWithCtZero { get; init; }

    /// <summary>Gets a value indicating whether the seller cancels too often (undocumented).</summary>
    public bool? TooManyCancellations { get; init; }

    /// <summary>Gets a value indicating whether the seller ships within a day (undocumented).</summary>
    public bool? OneDayReady { get; init; }
}
