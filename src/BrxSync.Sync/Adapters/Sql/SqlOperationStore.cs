using System.Diagnostics;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Snapshots;
using Dapper;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Keeps operations in <c>sync_operations</c>. A partial unique index allows one live operation of a kind per account.</summary>
internal sealed class SqlOperationStore(Database database, OperationStatements sql, TimeProvider time) : IOperationStore
{
    /// <summary>How long a run is believed to live without a sign of life; one from further ahead than that comes from before the clock was set back.</summary>
    public static readonly TimeSpan LivePatience = TimeSpan.FromMinutes(5);

    public async Task<Operation?> TryStartAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default)
    {
        var row = await database.WriteAsync<OperationRow>(
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

    public Task<QueuedOperation?> QueueAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default) =>
        database.InTransactionAsync<QueuedOperation>(
            async (connection, transaction) =>
            {
                var now = time.GetUtcNow();
                var parameters = new
                {
                    account = accountId.ToString(),
                    id = Guid.CreateVersion7().ToString("D"),
                    kind,
                    traceParent = Activity.Current?.Id,
                    error = "The process that ran it has given no sign of life for five minutes.",
                    now = StoredTime.ToMicroseconds(now),
                    silent = StoredTime.ToMicroseconds(now - LivePatience),
                    latestSign = StoredTime.ToMicroseconds(now + LivePatience),
                };
                if (await connection.ExecuteScalarAsync<string?>(Command(sql.LockActiveAccount)).ConfigureAwait(false) is null)
                {
                    return null;
                }

                await connection.ExecuteAsync(Command(sql.CloseSilent)).ConfigureAwait(false);
                while (true)
                {
                    if (await connection.QuerySingleOrDefaultAsync<OperationRow>(Command(sql.Queue)).ConfigureAwait(false) is { } created)
                    {
                        await connection.ExecuteAsync(Command(sql.ShowQueued)).ConfigureAwait(false);
                        return new QueuedOperation(created.ToOperation(), IsNew: true);
                    }

                    // The one that was live may end between the two statements; then there is room for a new one.
                    if (await connection.QuerySingleOrDefaultAsync<OperationRow>(Command(sql.FindLive)).ConfigureAwait(false) is { } live)
                    {
                        return new QueuedOperation(live.ToOperation(), IsNew: false);
                    }
                }

                CommandDefinition Command(string statement) => new(statement, parameters, transaction, cancellationToken: cancellationToken);
            },
            cancellationToken);

    public async Task<Operation?> FindLiveAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default)
    {
        var row = await database.FindAsync<OperationRow>(
            sql.FindLive, new { account = accountId.ToString(), kind }, cancellationToken).ConfigureAwait(false);
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
