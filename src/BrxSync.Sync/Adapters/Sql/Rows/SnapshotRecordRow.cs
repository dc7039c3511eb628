using System.Text.Json;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A row of <c>sync_snapshots</c> as it is read; times in microseconds.</summary>
internal static class SnapshotRecordRow
{
    public static SnapshotRecord Read(RowReader row) => new()
    {
        OperationId = row.Text("OperationId"),
        Window = new SnapshotWindow(row.Time("WindowFrom"), row.Time("WindowTo")),
        Staged = row.Number("Staged"),
        Skipped = row.Number("Skipped"),
        Fall = new SnapshotFall(row.Number("FallLinked"), row.Number("FallSeen")),
        CanBeConfirmed = row.Flag("CanBeConfirmed"),
        NewCurrency = row.TextOrNull("NewCurrency"),
        Outcome = StoredWords.ToSnapshotOutcome(row.Text("Verdict")),
        Reasons = row.TextOrNull("Reasons") is { } reasons
            ? JsonSerializer.Deserialize(reasons, StoreJsonContext.Default.IReadOnlyListString) ?? []
            : [],
        CreatedAt = row.Time("CreatedAt"),
    };
}
