using System.Text.Json;
using BrxSync.Sync.Abstractions.Records;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>A row of <c>sync_operations</c> as it is read; times in microseconds.</summary>
internal sealed class OperationRow
{
    public string OperationId { get; init; } = string.Empty;

    public string UserId { get; init; } = string.Empty;

    public string Kind { get; init; } = string.Empty;

    public string Status { get; init; } = string.Empty;

    public string? Metadata { get; init; }

    public string? Error { get; init; }

    public long CreatedAt { get; init; }

    public long? HeartbeatAt { get; init; }

    public long? CompletedAt { get; init; }

    public static string ToMetadata(SyncProgress? progress, IReadOnlyList<string> reasons) =>
        JsonSerializer.Serialize(new OperationDetail(progress, reasons), StoreJsonContext.Default.OperationDetail);

    public Operation ToOperation()
    {
        var detail = ReadDetail();
        return new Operation
        {
            Id = OperationId,
            AccountId = new AccountId(Guid.Parse(UserId)),
            Kind = Kind,
            Status = StoredText.ToOperationStatus(Status),
            Progress = detail?.Progress,
            Reasons = detail?.Reasons ?? [],
            Error = Error,
            CreatedAt = StoredTime.FromMicroseconds(CreatedAt),
            HeartbeatAt = StoredTime.FromMicroseconds(HeartbeatAt),
            CompletedAt = StoredTime.FromMicroseconds(CompletedAt),
        };
    }

    private OperationDetail? ReadDetail()
    {
        try
        {
            return Metadata is null ? null : JsonSerializer.Deserialize(Metadata, StoreJsonContext.Default.OperationDetail);
        }
        catch (JsonException)
        {
            // Rows of the Python service hold metadata of another shape; they stay readable without it.
            return null;
        }
    }
}
