using System.Text.Json;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>A row of <c>drift_reports</c> as it is read; times in microseconds.</summary>
internal sealed class DriftReportRow
{
    public string OperationId { get; init; } = string.Empty;

    public string UserId { get; init; } = string.Empty;

    public string Verdict { get; init; } = string.Empty;

    public long WindowFrom { get; init; }

    public long WindowTo { get; init; }

    public long EqualCount { get; init; }

    public long DifferentCount { get; init; }

    public string Findings { get; init; } = string.Empty;

    public long CreatedAt { get; init; }

    public static string ToJson(SnapshotDrift drift) =>
        JsonSerializer.Serialize(drift.Findings, StoreJsonContext.Default.IReadOnlyListDriftFinding);

    public DriftReport ToReport() => new()
    {
        OperationId = OperationId,
        AccountId = new AccountId(Guid.Parse(UserId)),
        Status = StoredText.ToSnapshotOutcome(Verdict) == SnapshotOutcome.Applied ? OperationStatus.Completed : OperationStatus.Withheld,
        WindowFrom = StoredTime.FromMicroseconds(WindowFrom),
        WindowTo = StoredTime.FromMicroseconds(WindowTo),
        CreatedAt = StoredTime.FromMicroseconds(CreatedAt),
        Equal = EqualCount,
        Different = DifferentCount,
        Findings = JsonSerializer.Deserialize(Findings, StoreJsonContext.Default.IReadOnlyListDriftFinding) ?? [],
    };
}
