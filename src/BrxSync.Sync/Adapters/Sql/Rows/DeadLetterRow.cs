using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A row of <c>dead_letters</c> as it is read; times in microseconds.</summary>
internal static class DeadLetterRow
{
    public static NumberedDeadLetter Read(RowReader row) => new(row.Number("Number"), new DeadLetter
    {
        AccountId = new AccountId(row.Uuid("UserId")),
        Id = row.Uuid("Id"),
        Source = row.Text("Source"),
        Kind = row.Text("Kind"),
        Status = StoredWords.ToDeadLetterStatus(row.Text("Status")),
        ItemId = row.NumberOrNull("ItemId"),
        ProductId = StoredProduct.Find(row.TextOrNull("ExternalStockId")),
        Subject = row.Text("Subject"),
        Attempts = row.Integer("Attempts"),
        ErrorCode = row.Text("ErrorCode"),
        Error = row.Text("Error"),
        Payload = row.Text("Payload"),
        FirstFailedAt = row.Time("FirstFailedAt"),
        LastFailedAt = row.Time("LastFailedAt"),
        TraceParent = row.TextOrNull("TraceParent"),
        Epoch = row.NumberOrNull("Epoch"),
        SupersededBy = row.TextOrNull("SupersededBy"),
        SettledAt = row.TimeOrNull("SettledAt"),
        SettledBy = row.TextOrNull("SettledBy"),
        Reason = row.TextOrNull("Reason"),
    });
}
