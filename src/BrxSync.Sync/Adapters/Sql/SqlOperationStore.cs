using System.Diagnostics;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Keeps operations in <c>sync_operations</c>. A partial unique index allows one live operation of a kind per account.</summary>
internal sealed class SqlOperationStore(Database database, OperationStatements sql, TimeProvider time) : IOperationStore
{
    /// <summary>
    /// How long a run is believed to live without a sign of life; one from further ahead than that comes from
    /// before the clock was set back.
    /// </summary>
    public static readonly TimeSpan LivePatience = TimeSpan.FromMinutes(5);

    private const string NoSign = "The process that ran it has given no sign of life for five minutes.";

    public Task<Operation?> TryStartAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default) =>
        database.WriteAsync(
            sql.TryStart, New(accountId, kind).Time("now", time.GetUtcNow()), OperationRow.Read, cancellationToken);

    public Task<QueuedOperation?> QueueAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default) =>
        database.InTransactionAsync<QueuedOperation>(
            async (connection, transaction) =>
            {
                var now = time.GetUtcNow();
                var parameters = New(accountId, kind)
                    .Text("error", NoSign)
                    .Time("now", now)
                    .Time("silent", now - LivePatience)
                    .Time("latestSign", now + LivePatience);
                if (!await connection.FindAsync(In(sql.LockActiveAccount), static _ => true, cancellationToken).ConfigureAwait(false))
                {
                    return null;
                }

                await connection.ExecuteAsync(In(sql.CloseSilent), cancellationToken).ConfigureAwait(false);
                while (true)
                {
                    if (await FindAsync(sql.Queue).ConfigureAwait(false) is { } created)
                    {
                        await connection.ExecuteAsync(In(sql.ShowQueued), cancellationToken).ConfigureAwait(false);
                        return new QueuedOperation(created, IsNew: true);
                    }

                    // The one that was live may end between the two statements; then there is room for a new one.
                    if (await FindAsync(sql.FindLive).ConfigureAwait(false) is { } live)
                    {
                        return new QueuedOperation(live, IsNew: false);
                    }
                }

                Task<Operation?> FindAsync(string statement) => connection.FindAsync(In(statement), OperationRow.Read, cancellationToken);

                Statement In(string statement) => new(statement, parameters, transaction);
            },
            cancellationToken);

    public Task<OperationRun?> BeginAsync(
        AccountId accountId, string id, string kind, CancellationToken cancellationToken = default) =>
        database.InTransactionAsync<OperationRun>(
            async (connection, transaction) =>
            {
                var now = time.GetUtcNow();
                var parameters = Parameters.Of(accountId)
                    .Text("id", id)
                    .Text("kind", kind)
                    .Text("traceParent", Activity.Current?.Id)
                    .Time("now", now)
                    .Time("silent", now - LivePatience)
                    .Time("latestSign", now + LivePatience);
                var account = new Statement(sql.LockAccount, parameters, transaction);
                if (!await connection.FindAsync(account, static _ => true, cancellationToken).ConfigureAwait(false))
                {
                    throw new AccountUnknownException(accountId);
                }

                return await connection.FindAsync(
                    new Statement(sql.Begin, parameters, transaction),
                    static row => new OperationRun(row.Text("OperationId"), row.Time("StartedAt")),
                    cancellationToken).ConfigureAwait(false);
            },
            cancellationToken);

    public Task<int> CloseSilentAsync(string kind, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        return database.ExecuteAsync(
            sql.CloseAllSilent,
            new Parameters()
                .Text("kind", kind)
                .Text("error", NoSign)
                .Time("now", now)
                .Time("silent", now - LivePatience)
                .Time("latestSign", now + LivePatience),
            cancellationToken);
    }

    public Task<Operation?> FindLiveAsync(AccountId accountId, string kind, CancellationToken cancellationToken = default) =>
        database.FindAsync(sql.FindLive, Parameters.Of(accountId).Text("kind", kind), OperationRow.Read, cancellationToken);

    public async Task<bool> ReportAsync(
        AccountId accountId, string id, SyncProgress progress, CancellationToken cancellationToken = default) =>
        await database.ExecuteAsync(
            sql.Report,
            Now(accountId, id).Text("metadata", OperationRow.ToMetadata(progress, [])),
            cancellationToken).ConfigureAwait(false) == 1;

    public async Task<bool> CompleteAsync(
        AccountId accountId,
        string id,
        OperationStatus status,
        SyncProgress? progress,
        IReadOnlyList<string> reasons,
        string? error,
        CancellationToken cancellationToken = default) =>
        await database.ExecuteAsync(
            sql.Complete,
            Now(accountId, id)
                .Text("status", StoredWords.Of(status))
                .Text("error", error)
                .Text("metadata", progress is null ? null : OperationRow.ToMetadata(progress, reasons)),
            cancellationToken).ConfigureAwait(false) == 1;

    public async Task<bool> CancelAsync(AccountId accountId, string id, CancellationToken cancellationToken = default)
    {
        var cancelled = await database.InTransactionAsync(
            async (connection, transaction) =>
            {
                // The account first, as a run's commit does: that is over, or can no longer come.
                var parameters = Now(accountId, id);
                await connection.ExecuteAsync(new Statement(sql.FenceRun, parameters, transaction), cancellationToken)
                    .ConfigureAwait(false);
                var ended = await connection.FindAsync(
                    new Statement(sql.Cancel, parameters, transaction), OperationRow.Read, cancellationToken).ConfigureAwait(false);

                // Whoever repeats it next finds that nothing is to be repeated.
                await connection.ExecuteAsync(
                    new Statement(sql.EndRetries, Parameters.Of(accountId).Text("id", id), transaction), cancellationToken)
                    .ConfigureAwait(false);
                return ended;
            },
            cancellationToken).ConfigureAwait(false);
        return cancelled?.Status == OperationStatus.Cancelled;
    }

    public Task<int> CloseInterruptedAsync(
        AccountId accountId, string kind, string error, CancellationToken cancellationToken = default) =>
        database.ExecuteAsync(
            sql.CloseInterrupted,
            Parameters.Of(accountId).Text("kind", kind).Text("error", error).Time("now", time.GetUtcNow()),
            cancellationToken);

    public Task<Operation?> FindAsync(AccountId accountId, string id, CancellationToken cancellationToken = default) =>
        database.FindAsync(sql.Find, Parameters.Of(accountId).Text("id", id), OperationRow.Read, cancellationToken);

    public Task<Operation?> FindAsync(string id, CancellationToken cancellationToken = default) =>
        database.FindAsync(sql.FindAnywhere, new Parameters().Text("id", id), OperationRow.Read, cancellationToken);

    public async Task<IReadOnlyList<Operation>> ListAsync(AccountId accountId, int limit, CancellationToken cancellationToken = default) =>
        await database.ListAsync(
            sql.List,
            Parameters.Of(accountId).Integer("limit", Math.Clamp(limit, 1, 200)),
            OperationRow.Read,
            cancellationToken).ConfigureAwait(false);

    private static Parameters New(AccountId accountId, string kind) =>
        Parameters.Of(accountId)
            .Text("id", Guid.CreateVersion7().ToString("D"))
            .Text("kind", kind)
            .Text("traceParent", Activity.Current?.Id);

    private Parameters Now(AccountId accountId, string id) => Parameters.Of(accountId).Text("id", id).Time("now", time.GetUtcNow());
}
