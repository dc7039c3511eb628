using BrxSync.Client;

namespace BrxSync.Sync;

/// <summary>One row of a seller's local stock.</summary>
public sealed record InventoryItem
{
    /// <summary>Gets the row's id.</summary>
    public required long Id { get; init; }

    /// <summary>Gets the id of the CardTrader product it is linked to, or null for a local row.</summary>
    public ProductId? ProductId { get; init; }

    /// <summary>Gets the blueprint that it is an instance of.</summary>
    public required BlueprintId BlueprintId { get; init; }

    /// <summary>Gets how many units there are, on sale at CardTrader or held back from it.</summary>
    public required int Quantity { get; init; }

    /// <summary>Gets how many of them are held back from CardTrader by the safety stock.</summary>
    public int HeldBack { get; init; }

    /// <summary>Gets how many of them are on sale at CardTrader, as soon as all changes are there.</summary>
    public int Listed => Quantity - HeldBack;

    /// <summary>Gets the item's own safety stock.</summary>
    /// <value>Null when it goes by that of the account (<see cref="Account.SafetyStock"/>).</value>
    public SafetyStock? SafetyStock { get; init; }

    /// <summary>Gets the price, or null while the currency of the account's prices is not known.</summary>
    public required Money? Price { get; init; }

    /// <summary>Gets the properties as a JSON object, or null.</summary>
    public string? Properties { get; init; }

    /// <summary>Gets the public description, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Gets the seller's private text, or null.</summary>
    public string? UserDataField { get; init; }

    /// <summary>Gets whether the product is graded, or null when unknown.</summary>
    public bool? Graded { get; init; }

    /// <summary>Gets what is known of the linked product.</summary>
    public required ItemStatus Status { get; init; }

    /// <summary>Gets how many complete snapshots in a row lacked the product.</summary>
    public int MissingCount { get; init; }

    /// <summary>Gets the number that grows with every write of the row.</summary>
    public required long RowVersion { get; init; }

    /// <summary>Gets when the row was last written.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
}
