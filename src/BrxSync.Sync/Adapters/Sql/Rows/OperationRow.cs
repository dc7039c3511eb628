using System.Text.Json;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>A row of <c>sync_operations</c> as it is read; times in microseconds.</summary>
internal static class OperationRow
{
    public static string ToMetadata(SyncProgress? progress, IReadOnlyList<string> reasons) =>
        JsonSerializer.Serialize(new OperationDetail(progress, reasons), StoreJsonContext.Default.OperationDetail);

    public static Operation Read(RowReader row)
    {
        var (detail, status) = (ReadDetail(row.TextOrNull("Metadata")), StoredWords.ToOperationStatus(row.Text("Status")));
        return new Operation
        {
            Id = row.Text("OperationId"),
            AccountId = new AccountId(row.Uuid("UserId")),
            Kind = row.Text("Kind"),
            Status = status,
            Progress = detail?.Progress,
            Reasons = detail?.Reasons ?? [],
            Error = row.TextOrNull("Error"),
            Attempt = row.Integer("Attempt"),
            NextAttemptAt = status == OperationStatus.Retrying ? row.TimeOrNull("NextAttemptAt") : null,

            // Tables that were taken over allow rows without it.
            CreatedAt = row.TimeOrNull("CreatedAt") ?? DateTimeOffset.UnixEpoch,
            HeartbeatAt = row.TimeOrNull("HeartbeatAt"),
            CompletedAt = row.TimeOrNull("CompletedAt"),
        };
    }

    private static OperationDetail? ReadDetail(string? metadata)
    {
        try
        {
            return metadata is null ? null : JsonSerializer.Deserialize(metadata, StoreJsonContext.Default.OperationDetail);
        }
        catch (JsonException)
        {
            // Rows of the Python service hold metadata of another shape; they stay readable without it.
            return null;
        }
    }
}
