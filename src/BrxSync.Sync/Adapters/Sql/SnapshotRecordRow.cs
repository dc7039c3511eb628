using System.Text.Json;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>A row of <c>sync_snapshots</c> as it is read.</summary>
internal sealed class SnapshotRecordRow
{
    public string OperationId { get; init; } = string.Empty;

    public long WindowFrom { get; init; }

    public long WindowTo { get; init; }

    public long Staged { get; init; }

    public long Skipped { get; init; }

    public long FallLinked { get; init; }

    public long FallSeen { get; init; }

    public bool CanBeConfirmed { get; init; }

    public string? NewCurrency { get; init; }

    public string Verdict { get; init; } = string.Empty;

    public string? Reasons { get; init; }

    public long CreatedAt { get; init; }

    public SnapshotRecord ToRecord() => new()
    {
        OperationId = OperationId,
        Window = new SnapshotWindow(StoredTime.FromMicroseconds(WindowFrom), StoredTime.FromMicroseconds(WindowTo)),
        Staged = Staged,
        Skipped = Skipped,
        Fall = new SnapshotFall(FallLinked, FallSeen),
        CanBeConfirmed = CanBeConfirmed,
        NewCurrency = NewCurrency,
        CreatedAt = StoredTime.FromMicroseconds(CreatedAt),
        Outcome = StoredText.ToSnapshotOutcome(Verdict),
        Reasons = Reasons is null ? [] : JsonSerializer.Deserialize(Reasons, StoreJsonContext.Default.IReadOnlyListString) ?? [],
    };
}
