using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>
/// Stages by binary COPY into a temp table, plans by one full join, applies only what differs. One connection carries it all: the
/// advisory lock that makes it the account's only run lives and dies with it.
/// </summary>
internal sealed class PostgreSqlSnapshotSession(
    NpgsqlConnection connection, AccountId account, long epoch, PostgreSqlOptions options, Func<NpgsqlConnection, Task> release)
    : ISnapshotSession
{
    private readonly CopyEncoder _encoder = new();
    private PostgreSqlSnapshotPlan? _plan;

    public long Epoch => epoch;

    private Parameters Account => PostgreSqlParameters.Of(account);

    public ISnapshotCursor Cursor => field ??= new PostgreSqlSnapshotCursor(connection, account, options, LockAccountAsync);

    public async Task<long> CountLinkedAsync(CancellationToken cancellationToken = default) =>
        await connection.FindNumberAsync(
            new Statement(
                """
                select count(*) from user_inventory_items
                where user_id = @account and external_stock_id is not null and status = 'active'
                """,
                Account),
            cancellationToken).ConfigureAwait(false) ?? 0;

    public async Task StageAsync(ReadOnlyMemory<SnapshotRow> rows, CancellationToken cancellationToken = default)
    {
        _encoder.Begin();
        for (var i = 0; i < rows.Length; i++)
        {
            _encoder.Add(rows.Span[i]);
        }

        _encoder.End();
        var copy = await connection.BeginRawBinaryCopyAsync(SnapshotStatements.CopyStage, cancellationToken).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            try
            {
                await copy.WriteAsync(_encoder.Written, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                // Disposing would complete the COPY with what was written so far.
                await copy.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    public async Task<DuplicateProducts> SettleDuplicatesAsync(CancellationToken cancellationToken = default)
    {
        var groups = await connection.ListAsync(
            Statement(SnapshotStatements.SettleDuplicates), DuplicateGroup.Read, cancellationToken).ConfigureAwait(false);
        return DuplicateGroup.Summarize(groups);
    }

    public Task WithholdPricesAsync(IReadOnlyList<int> rowIndexes, bool allOthers, CancellationToken cancellationToken = default) =>
        ExecuteAsync(
            SnapshotStatements.WithholdPrices, cancellationToken, new Parameters().Integers("rows", rowIndexes).Flag("others", allOthers));

    public async Task<IReadOnlyList<RereadRequest>> ListRequestsAsync(CancellationToken cancellationToken = default) =>
        await connection.ListAsync(
            new Statement(TouchedProductStatements.ListRequests, Account), RequestRow.Read, cancellationToken).ConfigureAwait(false);

    public async Task<ISnapshotPlan> PlanAsync(
        SnapshotComparison comparison = SnapshotComparison.Hash,
        SnapshotWindow? window = null,
        DateTimeOffset? latest = null,
        CancellationToken cancellationToken = default)
    {
        await ExecuteAsync("analyze pg_temp.brx_stage", cancellationToken).ConfigureAwait(false);
        var staged = await connection.FindNumberAsync(
            Statement("select count(*) from brx_stage"), cancellationToken).ConfigureAwait(false) ?? 0;
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (isFirst, counts) = await CompareAsync(transaction, comparison, ReadsSince.Of(window, latest), cancellationToken)
                .ConfigureAwait(false);
            var plan = new PostgreSqlSnapshotPlan(connection, transaction, account, options, isFirst, counts.ToChanges(staged));
            _plan = plan;
            return plan;
        }
        catch
        {
            await transaction.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<(bool IsFirst, PlanCounts Counts)> CompareAsync(
        NpgsqlTransaction transaction, SnapshotComparison comparison, ReadsSince? reads, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            In($"set local enable_nestloop = off; set local work_mem = '{options.SyncWorkMemoryMegabytes}MB'"), cancellationToken)
            .ConfigureAwait(false);
        await LockAccountAsync(transaction, cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(In(SnapshotStatements.LeaveListings) with { Parameters = Account }, cancellationToken)
            .ConfigureAwait(false);
        var isFirst = !await connection.FindAsync(
            In(SnapshotStatements.HasLinked) with { Parameters = Account }, static row => row.Flag("HasLinked"), cancellationToken)
            .ConfigureAwait(false);
        if (!isFirst)
        {
            await connection.ExecuteAsync(In(SnapshotStatements.Plan(account, comparison, reads)), cancellationToken).ConfigureAwait(false);
        }

        var counts = await connection.FindAsync(
            In(isFirst ? SnapshotStatements.CountStage : SnapshotStatements.CountPlan), PlanCounts.Read, cancellationToken)
            .ConfigureAwait(false);
        return (isFirst, counts!);

        Statement In(string sql) => Statement(sql) with { Transaction = transaction };
    }

    public Task<IReadOnlyList<SnapshotRecord>> ListBelievableAsync(int limit, CancellationToken cancellationToken = default) =>
        PostgreSqlSnapshotStore.ListAsync(connection, account, limit, "and verdict <> 'refused'", cancellationToken);

    public Task<AcceptedSnapshot?> FindAcceptedAsync(CancellationToken cancellationToken = default) =>
        PostgreSqlSnapshotStore.FindAcceptedAsync(connection, account, cancellationToken);

    public async Task RecordRefusedAsync(SnapshotRecord record, CancellationToken cancellationToken = default)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await LockAccountAsync(transaction, cancellationToken).ConfigureAwait(false);
            await PostgreSqlSnapshotStore.RecordAsync(connection, account, record, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _encoder.Dispose();
        try
        {
            if (_plan is { } plan)
            {
                await plan.DisposeAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            await release(connection).ConfigureAwait(false);
        }
    }

    /// <summary>Locks the account's row and checks that no other run took the account over.</summary>
    private async Task LockAccountAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        var current = await connection.FindNumberAsync(
            Statement(SnapshotStatements.LockAccount, Account) with { Transaction = transaction }, cancellationToken).ConfigureAwait(false);
        if (current != epoch)
        {
            throw new SyncFencedException();
        }
    }

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, Parameters? parameters = null) =>
        connection.ExecuteAsync(Statement(sql, parameters), cancellationToken);

    private Statement Statement(string sql, Parameters? parameters = null) =>
        new(sql, parameters, TimeoutSeconds: options.SyncTimeoutSeconds);
}
