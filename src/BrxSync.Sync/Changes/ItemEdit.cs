using BrxSync.Client.Inventory;

namespace BrxSync.Sync;

/// <summary>What is to be changed about an item. Whatever is not set stays as it is.</summary>
public sealed record ItemEdit
{
    /// <summary>Gets the item: the id of its row.</summary>
    public required long ItemId { get; init; }

    /// <summary>Gets the version that the item must have (<see cref="InventoryItem.RowVersion"/>).</summary>
    /// <value>Null for whatever it has.</value>
    public long? ExpectedVersion { get; init; }

    /// <summary>
    /// Gets how many copies are added; negative for copies that are taken away. The safety stock says how many of them are listed.
    /// </summary>
    public int? QuantityDelta { get; init; }

    /// <summary>
    /// Gets how many copies there are, as counted, with those that are held back. It goes out as the difference, so that no sale at
    /// CardTrader is undone.
    /// </summary>
    public int? Quantity { get; init; }

    /// <summary>Gets a safety stock for this item alone: how many of its copies are held back from CardTrader.</summary>
    public SafetyStock? SafetyStock { get; init; }

    /// <summary>Gets whether the item is to go by the account's safety stock again.</summary>
    /// <value>Default: false, which leaves it as it is.</value>
    public bool UsesSafetyStockOfAccount { get; init; }

    /// <summary>Gets the price in hundredths, in the account's currency. At least 1.</summary>
    public int? PriceCents { get; init; }

    /// <summary>Gets the public description, at most 5,000 characters; an empty text clears it.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the private text, at most 1,000 characters; an empty text clears it.</summary>
    public string? UserDataField { get; init; }

    /// <summary>Gets whether it is graded.</summary>
    public bool? Graded { get; init; }

    /// <summary>
    /// Gets properties to set, key by key; a key that is not given stays, one whose value is null is removed. At most 64.
    /// </summary>
    public IReadOnlyDictionary<string, PropertyValue?>? Properties { get; init; }
}
