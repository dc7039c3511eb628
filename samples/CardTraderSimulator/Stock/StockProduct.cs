using BrxSync.Simulator.Catalog;

namespace BrxSync.Simulator.Stock;

/// <summary>A product of a seller as the marketplace holds it at one instant.</summary>
public sealed record StockProduct
{
    /// <summary>Gets the product id.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the blueprint id.</summary>
    public required long BlueprintId { get; init; }

    /// <summary>Gets the category id.</summary>
    public required int CategoryId { get; init; }

    /// <summary>Gets the game id.</summary>
    public required int GameId { get; init; }

    /// <summary>Gets the English name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets how many bundles are for sale; 0 means the product is gone: not listed, not found by any call.</summary>
    public required int Quantity { get; init; }

    /// <summary>Gets how many cards one unit holds.</summary>
    /// <value>1</value>
    public int BundleSize { get; init; } = 1;

    /// <summary>Gets the public text; empty and null both occur.</summary>
    public string? Description { get; init; }

    /// <summary>Gets what the seller gets for one unit, in minor units of the account's currency.</summary>
    public required int PriceCents { get; init; }

    /// <summary>Gets the currency.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>Gets the properties, fixed and editable ones together.</summary>
    public PropertyBag Properties { get; init; } = PropertyBag.Empty;

    /// <summary>Gets how <c>graded</c> is written in the export: <c>false</c>, <c>null</c>, <c>0</c> or <c>true</c>.</summary>
    public string GradedJson { get; init; } = "false";

    /// <summary>Gets the private label.</summary>
    public string? Tag { get; init; }

    /// <summary>Gets the private text of the seller.</summary>
    public string? UserDataField { get; init; }

    /// <summary>Gets the address of the picture a seller uploaded, or null.</summary>
    public string? ImageUrl { get; init; }

    /// <summary>
    /// Gets the row of an export file this product came from, byte for byte while nothing changed it; null for other products.
    /// </summary>
    internal ReadOnlyMemory<byte>? Raw { get; init; }

    /// <summary>Gets whether the row counts as graded.</summary>
    internal bool Graded => GradedJson is not ("false" or "null" or "0" or "\"0\"" or "\"\"" or "\"false\"");

    /// <summary>Says whether creating one of the two would raise the other: same blueprint, bundle, grading and properties.</summary>
    internal bool IsEqualProduct(StockProduct other) =>
        BlueprintId == other.BlueprintId && BundleSize == other.BundleSize && Graded == other.Graded && Properties.Equals(other.Properties);
}
