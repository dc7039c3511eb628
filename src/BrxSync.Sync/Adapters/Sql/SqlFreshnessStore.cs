using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Reads the last successes of <c>user_sync_settings</c> in one statement.</summary>
internal sealed class SqlFreshnessStore(Database database, string sql) : IFreshnessStore
{
    public async Task<(DateTimeOffset? Oldest, long Stale)> ReadAsync(
        DateTimeOffset staleBefore, DateTimeOffset latest, CancellationToken cancellationToken = default)
    {
        var row = await database.FindAsync<FreshnessRow>(
            sql, new { staleBefore = StoredTime.ToMicroseconds(staleBefore), latest = StoredTime.ToMicroseconds(latest) }, cancellationToken).ConfigureAwait(false);
        return (StoredTime.FromMicroseconds(row!.Oldest), row.Stale);
    }
}
