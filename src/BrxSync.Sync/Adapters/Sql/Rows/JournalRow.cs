using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A row of <c>stock_journal</c> as it is read; times in microseconds.</summary>
internal static class JournalRow
{
    public static JournalEntry Read(RowReader row) => new(
        StoredProduct.Find(row.Text("ExternalStockId")),
        row.Text("Cause"),
        row.Text("SourceId"),
        row.Integer("QuantityBefore"),
        row.Integer("QuantityAfter"),
        row.Time("RecordedAt"));
}
