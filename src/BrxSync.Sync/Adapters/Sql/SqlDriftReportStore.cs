using BrxSync.Sync.Abstractions;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Reads <c>drift_reports</c>; each is written in the transaction of the snapshot that it tells of.</summary>
internal sealed class SqlDriftReportStore(Database database, DriftStatements sql) : IDriftReportStore
{
    public async Task<IReadOnlyList<DriftReport>> ListAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default)
    {
        var rows = await database.ListAsync<DriftReportRow>(
            sql.List, new { account = accountId.ToString(), limit = Math.Clamp(limit, 1, 200) }, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToReport())];
    }

    public async Task<DriftReport?> FindAsync(string operationId, CancellationToken cancellationToken = default)
    {
        var row = await database.FindAsync<DriftReportRow>(sql.Find, new { id = operationId }, cancellationToken).ConfigureAwait(false);
        return row?.ToReport();
    }
}
