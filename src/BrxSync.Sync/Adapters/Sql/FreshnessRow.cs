namespace BrxSync.Sync.Adapters.Sql;

/// <summary>How fresh the accounts are, as it is read; the time in microseconds.</summary>
internal sealed class FreshnessRow
{
    public long? Oldest { get; init; }

    public long Stale { get; init; }
}
