using BrxSync.Client;
using BrxSync.Client.Inventory;

namespace BrxSync.Sync;

/// <summary>A product to be put on sale.</summary>
public sealed record NewItem
{
    /// <summary>Gets what it is an instance of.</summary>
    public required BlueprintId BlueprintId { get; init; }

    /// <summary>Gets how many copies there are. At least 1.</summary>
    public required int Quantity { get; init; }

    /// <summary>Gets the price in hundredths, in the account's currency. At least 1.</summary>
    public required int PriceCents { get; init; }

    /// <summary>Gets the public description, at most 5,000 characters.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// Gets the private text, at most 1,000 characters. While the product is being put on sale, CardTrader holds our mark there.
    /// </summary>
    public string? UserDataField { get; init; }

    /// <summary>Gets whether it is graded.</summary>
    public bool? Graded { get; init; }

    /// <summary>Gets condition, language and the other properties; at most 64.</summary>
    public IReadOnlyDictionary<string, PropertyValue>? Properties { get; init; }
}
