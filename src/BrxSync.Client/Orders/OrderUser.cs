namespace BrxSync.Client.Orders;

/// <summary>A person or shop in an order. <see cref="Email"/> and <see cref="Phone"/> are personal data: keep them out of logs.</summary>
public sealed record OrderUser : CardTraderRecord
{
    /// <summary>Gets the id of the user. 34089 is CardTrader's own hub, the buyer of sales over CardTrader Zero.</summary>
    public long? Id { get; init; }

    /// <summary>Gets the public name.</summary>
    public string? Username { get; init; }

    /// <summary>Gets the e-mail address (undocumented).</summary>
    public string? Email { get; init; }

    /// <summary>Gets the telephone number (undocumented).</summary>
    public string? Phone { get; init; }

    /// <summary>Gets the country as ISO 3166 alpha-2 code (undocumented).</summary>
    public string? CountryCode { get; init; }

    /// <summary>Gets a value indicating whether the user sells over CardTrader Zero (undocumented).</summary>
    public bool? CanSellViaHub { get; init; }

    /// <summary>Returns the id alone: the rest is personal data.</summary>
    public override string ToString() => $"user {Id}";
}
