namespace BrxSync.Client.Inventory;

/// <summary>A product to offer for sale. CardTrader adds it to an equal product if the seller has one already.</summary>
/// <remarks>
/// It is sent in strict mode: a property value CardTrader does not know is refused instead of being replaced by a default.
/// </remarks>
public sealed record NewProduct
{
    /// <summary>Gets the blueprint the product is an instance of.</summary>
    public required BlueprintId BlueprintId { get; init; }

    /// <summary>Gets the price of one unit in hundredths, in the currency of the account that owns the token. At least 1.</summary>
    public required long PriceCents { get; init; }

    /// <summary>Gets the number of units. At least 1.</summary>
    public required int Quantity { get; init; }

    /// <summary>Gets the public description.</summary>
    public string? Description { get; init; }

    /// <summary>Gets a private text, given back by exports and orders: use it to recognise what you created.</summary>
    public string? UserDataField { get; init; }

    /// <summary>Gets a private label (undocumented, used by several clients).</summary>
    public string? Tag { get; init; }

    /// <summary>Gets a value indicating whether the product is graded.</summary>
    public bool? Graded { get; init; }

    /// <summary>Gets the properties, for example <c>condition</c>. Omitted ones get CardTrader's default.</summary>
    /// <value>See <see cref="PropertySelection"/> for a check against the blueprint.</value>
    public IReadOnlyDictionary<string, PropertyValue>? Properties { get; init; }
}
