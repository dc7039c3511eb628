using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>A row of <c>user_inventory_items</c> as it is read; times in microseconds.</summary>
internal sealed class ItemRow
{
    public long Id { get; init; }

    public string? ExternalStockId { get; init; }

    public int BlueprintId { get; init; }

    public int Quantity { get; init; }

    public int PriceCents { get; init; }

    public string? Properties { get; init; }

    public string? Description { get; init; }

    public string? UserDataField { get; init; }

    public bool? Graded { get; init; }

    public string Status { get; init; } = string.Empty;

    public int MissingCount { get; init; }

    public long RowVersion { get; init; }

    public long UpdatedAt { get; init; }

    public InventoryItem ToItem() => new()
    {
        Id = Id,
        ExternalStockId = ExternalStockId,
        BlueprintId = BlueprintId,
        Quantity = Quantity,
        PriceCents = PriceCents,
        Properties = Properties,
        Description = Description,
        UserDataField = UserDataField,
        Graded = Graded,
        Status = StoredText.ToItemStatus(Status),
        MissingCount = MissingCount,
        RowVersion = RowVersion,
        UpdatedAt = StoredTime.FromMicroseconds(UpdatedAt),
    };
}
