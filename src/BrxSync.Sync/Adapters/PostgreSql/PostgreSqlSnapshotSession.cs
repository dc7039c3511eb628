using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;
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
    private NpgsqlTransaction? _transaction;
    private bool _isFirst;

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
            new Statement(SnapshotBookStatements.ListRequests, Account), RequestRow.Read, cancellationToken).ConfigureAwait(false);

    public async Task<SnapshotPlan> PlanAsync(
        SnapshotComparison comparison = SnapshotComparison.Hash,
        SnapshotWindow? window = null,
        DateTimeOffset? latest = null,
        CancellationToken cancellationToken = default)
    {
        await ExecuteAsync("analyze pg_temp.brx_stage", cancellationToken).ConfigureAwait(false);
        var staged = await connection.FindNumberAsync(
            Statement("select count(*) from brx_stage"), cancellationToken).ConfigureAwait(false) ?? 0;

        _transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            $"set local enable_nestloop = off; set local work_mem = '{options.SyncWorkMemoryMegabytes}MB'", cancellationToken)
                .ConfigureAwait(false);
        await LockAccountAsync(_transaction, cancellationToken).ConfigureAwait(false);
        _isFirst = !await connection.FindAsync(
            new Statement(SnapshotStatements.HasLinked, Account, _transaction),
            static row => row.Flag("HasLinked"),
            cancellationToken).ConfigureAwait(false);
        if (!_isFirst)
        {
            await ExecuteAsync(SnapshotStatements.Plan(account, comparison, ReadsSince.Of(window, latest)), cancellationToken)
                .ConfigureAwait(false);
        }

        var counts = await connection.FindAsync(
            Statement(_isFirst ? SnapshotStatements.CountStage : SnapshotStatements.CountPlan),
            PlanCounts.Read,
            cancellationToken).ConfigureAwait(false);
        return counts!.ToPlan(staged);
    }

    public async Task<IReadOnlyDictionary<ProductId, int?>> ListTouchedAsync(
        SnapshotWindow window, CancellationToken cancellationToken = default)
    {
        var sql = _isFirst ? SnapshotBookStatements.ListTouchedFirst : SnapshotBookStatements.ListTouched;
        var rows = await connection.ListAsync(
            Statement(sql, Account.Instant("from", window.From)), TouchedRow.Read, cancellationToken).ConfigureAwait(false);
        return TouchedRow.ToProducts(rows);
    }

    public async Task<IStockSession> OpenStockAsync(CancellationToken cancellationToken = default)
    {
        await ExecuteAsync(SnapshotBookStatements.AllowNestedLoops, cancellationToken).ConfigureAwait(false);
        return new PostgreSqlStockSession(connection, account, source: null, options.SyncTimeoutSeconds);
    }

    public async Task SetAsideAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken = default)
    {
        var parameters = Account
            .Texts("products", products.Select(product => product.Product.ToString()))
            .Integers("quantities", products.Select(product => product.Quantity))
            .Integers("kept", products.Select(product => (int)product.KeptFields))
            .Texts("written", products.Where(product => product.IsWritten).Select(product => product.Product.ToString()));
        await ExecuteAsync(SnapshotBookStatements.SetStage, cancellationToken, parameters).ConfigureAwait(false);
        if (!_isFirst)
        {
            await ExecuteAsync(SnapshotBookStatements.Unplan, cancellationToken, parameters).ConfigureAwait(false);
            await ExecuteAsync(SnapshotBookStatements.Replan, cancellationToken, parameters).ConfigureAwait(false);
        }

        await ExecuteAsync(SnapshotBookStatements.ForbidNestedLoops, cancellationToken).ConfigureAwait(false);
    }

    public async Task<SnapshotDrift> MeasureDriftAsync(SnapshotPlan plan, int samples, CancellationToken cancellationToken = default)
    {
        var sql = _isFirst ? DriftQueries.MeasureFirst : DriftQueries.Measure(account);
        var rows = await connection.ListAsync(
            Statement(sql, new Parameters().Integer("samples", samples)), DriftRow.Read, cancellationToken).ConfigureAwait(false);
        return DriftRow.Summarize(rows, plan, samples);
    }

    public async Task ApplyAsync(SnapshotApplication application, CancellationToken cancellationToken = default)
    {
        var record = application.Record;
        var parameters = Account
            .Instant("from", record.Window.From).Instant("to", record.Window.To).Text("operation", record.OperationId);
        var marksMissing = record.Outcome == SnapshotOutcome.Applied;
        if (!_isFirst)
        {
            await ExecuteAsync(SnapshotStatements.LockRows, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(SnapshotStatements.JournalUpdate(account), cancellationToken, parameters).ConfigureAwait(false);
            await ExecuteAsync(SnapshotStatements.Update, cancellationToken, parameters).ConfigureAwait(false);
            if (marksMissing)
            {
                await ExecuteAsync(SnapshotStatements.JournalMissing(account), cancellationToken, parameters).ConfigureAwait(false);
                await ExecuteAsync(SnapshotStatements.MarkMissing, cancellationToken, parameters).ConfigureAwait(false);
            }
        }

        await ExecuteAsync(
            _isFirst ? SnapshotStatements.InsertEverything(account) : SnapshotStatements.InsertNew(account), cancellationToken, parameters)
                .ConfigureAwait(false);
        await MeetAsync(application, cancellationToken).ConfigureAwait(false);
        if (application.Stock is { } stock)
        {
            var books = await OpenStockAsync(cancellationToken).ConfigureAwait(false);
            await books.SaveAsync(stock, cancellationToken).ConfigureAwait(false);
        }

        if (application.Currency is { } currency)
        {
            await ExecuteAsync(
                "update user_sync_settings set currency = @currency where user_id = @account and currency is distinct from @currency",
                cancellationToken,
                Account.Text("currency", currency)).ConfigureAwait(false);
        }

        await PostgreSqlSnapshotStore.RecordAsync(connection, account, record, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(CursorStatements.Drop, cancellationToken, parameters).ConfigureAwait(false);
        await RecordDriftAsync(application, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        // A commit that was begun is waited for: cancelled half way nobody would know its outcome.
        await _transaction!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        await AbandonAsync().ConfigureAwait(false);
    }

    /// <summary>Moves the account on, and lets the snapshot meet what was asked for before it.</summary>
    private async Task MeetAsync(SnapshotApplication application, CancellationToken cancellationToken)
    {
        var (record, requests) = (application.Record, application.Requests);
        var isApplied = record.Outcome == SnapshotOutcome.Applied;
        var parameters = Account.Instant("from", record.Window.From).Instant("to", record.Window.To).Flag("applied", isApplied);
        await ExecuteAsync(SnapshotBookStatements.AdvanceAccount, cancellationToken, parameters).ConfigureAwait(false);
        if (requests.Count > 0)
        {
            var met = Account
                .Flag("applied", isApplied)
                .Texts("products", requests.Select(RequestRow.ProductOf))
                .Numbers("blueprints", requests.Select(RequestRow.BlueprintOf))
                .Instants("asked", requests.Select(request => request.AskedAt));
            await ExecuteAsync(SnapshotBookStatements.MeetRereads, cancellationToken, met).ConfigureAwait(false);
        }
    }

    public async Task AbandonAsync()
    {
        if (_transaction is { } transaction)
        {
            _transaction = null;
            await transaction.DisposeAsync().ConfigureAwait(false);
        }
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
            await AbandonAsync().ConfigureAwait(false);
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

    private Task RecordDriftAsync(SnapshotApplication application, CancellationToken cancellationToken)
    {
        var record = application.Record;
        return application.Drift is not { } drift
            ? Task.CompletedTask
            : ExecuteAsync(
                DriftQueries.Record,
                cancellationToken,
                Account
                    .Text("operation", record.OperationId)
                    .Text("verdict", StoredText.Of(record.Outcome))
                    .Instant("from", record.Window.From)
                    .Instant("to", record.Window.To)
                    .Number("equal", drift.Equal)
                    .Number("different", drift.Different)
                    .Text("findings", DriftReportRow.ToJson(drift)));
    }

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, Parameters? parameters = null) =>
        connection.ExecuteAsync(Statement(sql, parameters), cancellationToken);

    private Statement Statement(string sql, Parameters? parameters = null) =>
        new(sql, parameters, _transaction, options.SyncTimeoutSeconds);
}
