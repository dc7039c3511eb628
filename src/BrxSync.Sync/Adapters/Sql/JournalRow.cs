namespace BrxSync.Sync.Adapters.Sql;

/// <summary>A row of <c>stock_journal</c> as it is read; times in microseconds.</summary>
internal sealed class JournalRow
{
    public string ExternalStockId { get; init; } = string.Empty;

    public string Cause { get; init; } = string.Empty;

    public string SourceId { get; init; } = string.Empty;

    public int QuantityBefore { get; init; }

    public int QuantityAfter { get; init; }

    public long RecordedAt { get; init; }

    public JournalEntry ToEntry() =>
        new(ExternalStockId, Cause, SourceId, QuantityBefore, QuantityAfter, StoredTime.FromMicroseconds(RecordedAt));
}
