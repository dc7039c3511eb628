namespace BrxSync.Client.Inventory;

/// <summary>A change of a product. What is not set stays as it is.</summary>
/// <remarks>
/// A change with properties is sent in strict mode. <see cref="Quantity"/> is absolute and overwrites a sale that happened a moment ago:
/// to book a sale of another channel use <see cref="IInventoryApi.IncrementAsync"/>.
/// </remarks>
public sealed record ProductChange
{
    /// <summary>Gets the product to change.</summary>
    public required ProductId Id { get; init; }

    /// <summary>Gets the new number of units. At least 1: delete a product instead of setting it to nothing.</summary>
    public int? Quantity { get; init; }

    /// <summary>Gets the new price of one unit in hundredths, in the currency of the account that owns the token. At least 1.</summary>
    public long? PriceCents { get; init; }

    /// <summary>Gets the new public description; an empty text clears it.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the new private text; an empty text clears it.</summary>
    public string? UserDataField { get; init; }

    /// <summary>Gets the new private label (undocumented); an empty text clears it.</summary>
    public string? Tag { get; init; }

    /// <summary>Gets whether the product is graded.</summary>
    public bool? Graded { get; init; }

    /// <summary>Gets the new values of properties.</summary>
    /// <value>See <see cref="PropertySelection"/> for a check against the blueprint.</value>
    public IReadOnlyDictionary<string, PropertyValue>? Properties { get; init; }
}
