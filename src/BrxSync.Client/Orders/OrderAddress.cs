namespace BrxSync.Client.Orders;

/// <summary>A postal address in an order or cart: personal data, to be kept out of logs.</summary>
/// <remarks>Of an address that is sent only name, place, country and note are.</remarks>
public sealed record OrderAddress : CardTraderRecord
{
    /// <summary>Gets the id of the address; missing on billing addresses.</summary>
    public long? Id { get; init; }

    /// <summary>Gets the id of the user it belongs to.</summary>
    public long? UserId { get; init; }

    /// <summary>Gets the name of the addressee.</summary>
    public string? Name { get; init; }

    /// <summary>Gets street and number.</summary>
    public string? Street { get; init; }

    /// <summary>Gets the postal code.</summary>
    public string? Zip { get; init; }

    /// <summary>Gets the city.</summary>
    public string? City { get; init; }

    /// <summary>Gets the state or province.</summary>
    public string? StateOrProvince { get; init; }

    /// <summary>Gets the country as ISO 3166 alpha-2 code.</summary>
    public string? CountryCode { get; init; }

    /// <summary>Gets the name of the country; missing on the seller's view of a shipping address.</summary>
    public string? Country { get; init; }

    /// <summary>Gets a note for the delivery.</summary>
    public string? Note { get; init; }

    /// <summary>Gets the telephone number (undocumented).</summary>
    public string? Phone { get; init; }

    /// <summary>Gets the e-mail address (undocumented).</summary>
    public string? Email { get; init; }

    /// <summary>Gets the latitude as a decimal number (undocumented).</summary>
    public string? Latitude { get; init; }

    /// <summary>Gets the longitude as a decimal number (undocumented).</summary>
    public string? Longitude { get; init; }

    /// <summary>Gets a value indicating whether it is the user's usual address on invoices (undocumented).</summary>
    public bool? DefaultBillingAddress { get; init; }

    /// <summary>Gets a value indicating whether it is where the user's goods usually go (undocumented).</summary>
    public bool? DefaultShippingAddress { get; init; }

    /// <summary>Gets what CardTrader calls <c>keep_original</c> (undocumented).</summary>
    public bool? KeepOriginal { get; init; }

    /// <summary>Gets when the address was made (undocumented).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Gets when the address was last changed (undocumented).</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Returns the country alone: the rest is personal data.</summary>
    public override string ToString() => $"address in {CountryCode}";
}
