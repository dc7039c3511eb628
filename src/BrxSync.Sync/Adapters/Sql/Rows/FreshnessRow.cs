using BrxSync.Sync.Adapters.Sql.Access;

namespace BrxSync.Sync.Adapters.Sql.Rows;

/// <summary>How fresh the accounts are, as it is read; the time in microseconds.</summary>
internal static class FreshnessRow
{
    public static (DateTimeOffset? Oldest, long Stale) Read(RowReader row) => (row.TimeOrNull("Oldest"), row.Number("Stale"));
}
