using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A row of <c>user_inventory_items</c> as it is read; times in microseconds.</summary>
internal static class ItemRow
{
    public static InventoryItem Read(RowReader row) => new()
    {
        Id = row.Number("Id"),
        ProductId = StoredProduct.Find(row.TextOrNull("ExternalStockId")),
        BlueprintId = new BlueprintId(row.Integer("BlueprintId")),
        Quantity = row.Integer("Quantity"),
        HeldBack = row.Integer("HeldBack"),
        SafetyStock = row.IntegerOrNull("SafetyCopies") is { } copies
            ? new SafetyStock { Copies = copies, Percent = row.Integer("SafetyPercent") }
            : null,
        Price = Price(row.Integer("PriceCents"), row.TextOrNull("Currency")),
        Properties = row.TextOrNull("Properties"),
        Description = row.TextOrNull("Description"),
        UserDataField = row.TextOrNull("UserDataField"),
        Graded = row.FlagOrNull("Graded"),
        Status = StoredWords.ToItemStatus(row.Text("Status")),
        MissingCount = row.Integer("MissingCount"),
        RowVersion = row.Number("RowVersion"),

        // Tables that were taken over allow rows without it.
        UpdatedAt = row.TimeOrNull("UpdatedAt") ?? DateTimeOffset.UnixEpoch,
    };

    private static Money? Price(int cents, string? currency) => currency is null ? null : new Money(cents, currency);
}
