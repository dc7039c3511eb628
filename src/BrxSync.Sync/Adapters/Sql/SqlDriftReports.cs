using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Reads <c>drift_reports</c>; each is written in the transaction of the snapshot that it tells of.</summary>
/// <param name="database">Where a report is read by who waits for it.</param>
/// <param name="sql">What the dialect says.</param>
/// <param name="replicas">Where lists are read, which may be a little old; null for the same.</param>
internal sealed class SqlDriftReports(Database database, DriftStatements sql, Database? replicas = null) : IDriftReports
{
    public async Task<IReadOnlyList<DriftReport>> ListAsync(
        AccountId accountId, int limit, CancellationToken cancellationToken = default) =>
        await (replicas ?? database).ListAsync(
            sql.List,
            Parameters.Of(accountId).Integer("limit", Math.Clamp(limit, 1, 200)),
            DriftReportRow.Read,
            cancellationToken).ConfigureAwait(false);

    public Task<DriftReport?> FindAsync(string operationId, CancellationToken cancellationToken = default) =>
        database.FindAsync(sql.Find, new Parameters().Text("id", operationId), DriftReportRow.Read, cancellationToken);
}
