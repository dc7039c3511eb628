using System.Globalization;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Adapters.Sqlite.Statements;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Stages into a temp table of one connection, plans by the unique index, applies only what differs.</summary>
internal sealed class SqliteSnapshotSession(
    SqliteConnection connection, SqliteWriters writers, RunLock runLock, AccountId account, long epoch, TimeProvider time)
    : ISnapshotSession
{
    private SqliteSnapshotPlan? _plan;

    public long Epoch => epoch;

    public ISnapshotCursor Cursor => field ??= new SqliteSnapshotCursor(connection, writers, account, CheckEpochAsync);

    private Parameters Account => Parameters.Of(account);

    public Task<long> CountLinkedAsync(CancellationToken cancellationToken = default) =>
        ScalarAsync(
            Statement(
                "select count(*) from user_inventory_items where user_id = @account and external_stock_id is not null and status = 'active'"),
            cancellationToken);

    public Task StageAsync(ReadOnlyMemory<SnapshotRow> rows, CancellationToken cancellationToken = default)
    {
        // Only the temp database is written: the lock on the main one is not taken.
        using var transaction = connection.BeginTransaction(deferred: true);
        using var writer = new StageWriter(connection);
        foreach (ref readonly var row in rows.Span)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Add(in row);
        }

        transaction.Commit();
        return Task.CompletedTask;
    }

    public Task<DuplicateProducts> SettleDuplicatesAsync(CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => SettleAsync(cancellationToken));

    private async Task<DuplicateProducts> SettleAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(SnapshotStatements.IndexStage, cancellationToken).ConfigureAwait(false);
        var groups = await connection.ListAsync(
            new Statement(SnapshotStatements.FindDuplicates), DuplicateGroup.Read, cancellationToken).ConfigureAwait(false);
        var duplicates = DuplicateGroup.Summarize(groups);
        await ExecuteAsync(SnapshotStatements.DropDuplicates, cancellationToken).ConfigureAwait(false);
        return duplicates;
    }

    public Task WithholdPricesAsync(IReadOnlyList<int> rowIndexes, bool allOthers, CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => ExecuteAsync(
            SnapshotStatements.WithholdPrices,
            cancellationToken,
            new Parameters()
                .Text("rows", "[" + string.Join(',', rowIndexes.Select(row => row.ToString(CultureInfo.InvariantCulture))) + "]")
                .Flag("others", allOthers)));

    public async Task<IReadOnlyList<RereadRequest>> ListRequestsAsync(CancellationToken cancellationToken = default) =>
        await connection.ListAsync(
            new Statement(TouchedProductStatements.ListRequests, Account), RequestRow.Read, cancellationToken).ConfigureAwait(false);

    public async Task<ISnapshotPlan> PlanAsync(
        SnapshotComparison comparison = SnapshotComparison.Hash,
        SnapshotWindow? window = null,
        DateTimeOffset? latest = null,
        CancellationToken cancellationToken = default)
    {
        var staged = await OwnThread.RunAsync(
            () => ScalarAsync(Statement("select count(*) from temp.brx_stage"), cancellationToken)).ConfigureAwait(false);
        var write = await writers.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        try
        {
            await CheckEpochAsync(write.Transaction, cancellationToken).ConfigureAwait(false);
            var counts = await OwnThread.RunAsync(
                () => CompareAsync(write.Transaction, comparison, ReadsSince.Of(window, latest), cancellationToken)).ConfigureAwait(false);
            var plan = new SqliteSnapshotPlan(writers, write, account, time, counts.ToChanges(staged));
            _plan = plan;
            return plan;
        }
        catch
        {
            await write.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<PlanCounts> CompareAsync(
        SqliteTransaction transaction, SnapshotComparison comparison, ReadsSince? reads, CancellationToken cancellationToken)
    {
        var since = Account.Time("since", reads?.From).Time("latest", reads?.Latest);
        await connection.ExecuteAsync(In(SnapshotStatements.LeaveListings, Account), cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(In(SnapshotStatements.PlanStaged(comparison), since), cancellationToken).ConfigureAwait(false);
        var expected = await ScalarAsync(In(SnapshotStatements.CountExpected), cancellationToken).ConfigureAwait(false);
        var matched = await ScalarAsync(In(SnapshotStatements.CountMatched), cancellationToken).ConfigureAwait(false);
        if (expected != matched)
        {
            await connection.ExecuteAsync(In(SnapshotStatements.IndexStage), cancellationToken).ConfigureAwait(false);
            await connection.ExecuteAsync(In(SnapshotStatements.PlanMissing, since), cancellationToken).ConfigureAwait(false);
        }

        return (await connection.FindAsync(In(SnapshotStatements.CountPlan), PlanCounts.Read, cancellationToken).ConfigureAwait(false))!;

        Statement In(string sql, Parameters? parameters = null) => Statement(sql, parameters) with { Transaction = transaction };
    }

    public async Task<IReadOnlyList<SnapshotRecord>> ListBelievableAsync(int limit, CancellationToken cancellationToken = default)
    {
        var sql = SnapshotStatements.ListRecords("and verdict <> 'refused'");
        return await connection.ListAsync(
            new Statement(sql, Account.Integer("limit", limit)), SnapshotRecordRow.Read, cancellationToken).ConfigureAwait(false);
    }

    public Task<AcceptedSnapshot?> FindAcceptedAsync(CancellationToken cancellationToken = default) =>
        connection.FindAsync(new Statement(SnapshotReviewStatements.FindAccepted, Account), AcceptedSnapshotRow.Read, cancellationToken);

    public async Task RecordRefusedAsync(SnapshotRecord record, CancellationToken cancellationToken = default)
    {
        var write = await writers.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        await using (write.ConfigureAwait(false))
        {
            await CheckEpochAsync(write.Transaction, cancellationToken).ConfigureAwait(false);
            var row = SqliteSnapshotStore.Of(account, record, time.GetUtcNow());
            await connection.ExecuteAsync(new Statement(SnapshotStatements.Record, row, write.Transaction), cancellationToken)
                .ConfigureAwait(false);
            await write.CommitAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_plan is { } plan)
            {
                await plan.DisposeAsync().ConfigureAwait(false);
            }

            await OwnThread.RunAsync(() => connection.ExecuteAsync(new Statement(SnapshotStatements.Release), CancellationToken.None))
                .ConfigureAwait(false);
        }
        catch (SqliteException)
        {
            // Nothing is lost: the next session drops the stage before it makes its own.
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            runLock.Dispose();
        }
    }

    private async Task CheckEpochAsync(SqliteTransaction transaction, CancellationToken cancellationToken)
    {
        var current = await connection.FindNumberAsync(
            new Statement("select epoch from user_sync_settings where user_id = @account", Account, transaction),
            cancellationToken).ConfigureAwait(false);
        if (current != epoch)
        {
            throw new SyncFencedException();
        }
    }

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, Parameters? parameters = null) =>
        connection.ExecuteAsync(Statement(sql, parameters), cancellationToken);

    private async Task<long> ScalarAsync(Statement statement, CancellationToken cancellationToken) =>
        await connection.FindNumberAsync(statement, cancellationToken).ConfigureAwait(false) ?? 0;

    private Statement Statement(string sql, Parameters? parameters = null) => new(sql, parameters ?? Account);
}
