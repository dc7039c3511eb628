using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Reads the last successes of <c>user_sync_settings</c> in one statement.</summary>
internal sealed class SqlFreshnessStore(Database database, string sql) : IFreshnessStore
{
    public Task<(DateTimeOffset? Oldest, long Stale)> ReadAsync(
        DateTimeOffset staleBefore, DateTimeOffset latest, CancellationToken cancellationToken = default) =>
        database.FindAsync(
            sql, new Parameters().Time("staleBefore", staleBefore).Time("latest", latest), FreshnessRow.Read, cancellationToken);
}
