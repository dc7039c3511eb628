using System.Text.Json;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A row of <c>drift_reports</c> as it is read; times in microseconds.</summary>
internal static class DriftReportRow
{
    public static string ToJson(SnapshotDrift drift) =>
        JsonSerializer.Serialize([.. drift.Findings.Select(StoredFinding.Of)], StoreJsonContext.Default.IReadOnlyListStoredFinding);

    public static DriftReport Read(RowReader row) => new()
    {
        OperationId = row.Text("OperationId"),
        AccountId = new AccountId(row.Uuid("UserId")),
        Status = StoredWords.ToSnapshotOutcome(row.Text("Verdict")) == SnapshotOutcome.Applied
            ? OperationStatus.Completed
            : OperationStatus.Withheld,
        WindowFrom = row.Time("WindowFrom"),
        WindowTo = row.Time("WindowTo"),
        Equal = row.Number("EqualCount"),
        Different = row.Number("DifferentCount"),
        Findings =
        [
            .. (JsonSerializer.Deserialize(row.Text("Findings"), StoreJsonContext.Default.IReadOnlyListStoredFinding) ?? [])
                .Select(finding => finding.ToFinding()),
        ],
        CreatedAt = row.Time("CreatedAt"),
    };
}
