using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A row of <c>stock_journal</c> as it is read; times in microseconds.</summary>
internal static class JournalRow
{
    public static JournalEntry Read(RowReader row) => new()
    {
        Position = row.Number("Position"),
        ProductId = StoredProduct.Find(row.Text("ExternalStockId")),
        Cause = row.Text("Cause"),
        SourceId = row.Text("SourceId"),
        Actor = row.TextOrNull("Actor"),
        Before = row.Integer("QuantityBefore"),
        After = row.Integer("QuantityAfter"),
        Oversold = row.Integer("Oversold"),
        PriceBefore = row.IntegerOrNull("PriceBefore"),
        PriceAfter = row.IntegerOrNull("PriceAfter"),
        Fields = (JournalFields)row.Integer("Fields"),
        RecordedAt = row.Time("RecordedAt"),
    };
}
