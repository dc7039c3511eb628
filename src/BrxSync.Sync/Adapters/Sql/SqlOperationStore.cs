using System.Diagnostics;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Snapshots;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Keeps operations in <c>sync_operations</c>. A partial unique index allows one live operation of a kind per account.</summary>
internal sealed class SqlOperationStore(Database database, OperationStatements sql, TimeProvider time) : IOperationStore
{
    public async Task<Operation?> TryStartAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default)
    {
        var row = await database.FindAsync<OperationRow>(
            sql.TryStart,
            new
            {
                account = accountId.ToString(),
                id = Guid.CreateVersion7().ToString("D"),
                kind,
                traceParent = Activity.Current?.Id,
                now = StoredTime.Now(time),
            },
            cancellationToken).ConfigureAwait(false);
        return row?.ToOperation();
    }

    public async Task<bool> ReportAsync(string id, SyncProgress progress, CancellationToken cancellationToken = default) =>
        await database.ExecuteAsync(
            sql.Report, new { id, metadata = OperationRow.ToMetadata(progress, []), now = StoredTime.Now(time) }, cancellationToken).ConfigureAwait(false) == 1;

    public async Task<bool> CompleteAsync(
        string id,
        OperationStatus status,
        SyncProgress? progress,
        IReadOnlyList<string> reasons,
        string? error,
        CancellationToken cancellationToken = default) =>
        await database.ExecuteAsync(
            sql.Complete,
            new
            {
                id,
                status = StoredText.Of(status),
                error,
                metadata = progress is null ? null : OperationRow.ToMetadata(progress, reasons),
                now = StoredTime.Now(time),
            },
            cancellationToken).ConfigureAwait(false) == 1;

    public Task<int> CloseInterruptedAsync(
        AccountId accountId, string kind, string error, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            sql.CloseInterrupted, new { account = accountId.ToString(), kind, error, now = StoredTime.Now(time) }, cancellationToken);

    public async Task<Operation?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        var row = await database.FindAsync<OperationRow>(sql.Find, new { id }, cancellationToken).ConfigureAwait(false);
        return row?.ToOperation();
    }

    public async Task<IReadOnlyList<Operation>> ListAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default)
    {
        var rows = await database.ListAsync<OperationRow>(
            sql.List, new { account = accountId.ToString(), limit = Math.Clamp(limit, 1, 200) }, cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToOperation())];
    }
}
