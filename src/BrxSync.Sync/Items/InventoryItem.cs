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

    /// <summary>Gets how many units are for sale.</summary>
    public required int Quantity { get; init; }

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
