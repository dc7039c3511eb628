using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Stages into a temp table of one connection, plans by the unique index, applies only what differs.</summary>
internal sealed class SqliteSnapshotSession(
    SqliteConnection connection, SqliteWriters writers, RunLock runLock, AccountId account, long epoch, TimeProvider time)
    : ISnapshotSession
{
    private SqliteWrite? _write;
    private SqliteTransaction? _transaction;

    public long Epoch => epoch;

    public ISnapshotCursor Cursor => field ??= new SqliteSnapshotCursor(connection, writers, account, CheckEpochAsync);

    private Parameters Account => Parameters.Of(account);

    public Task<long> CountLinkedAsync(CancellationToken cancellationToken = default) =>
        ScalarAsync(
            "select count(*) from user_inventory_items where user_id = @account and external_stock_id is not null and status = 'active'",
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
            new Statement(SnapshotBookStatements.ListRequests, Account), RequestRow.Read, cancellationToken).ConfigureAwait(false);

    public async Task<SnapshotPlan> PlanAsync(
        SnapshotComparison comparison = SnapshotComparison.Hash,
        SnapshotWindow? window = null,
        DateTimeOffset? latest = null,
        CancellationToken cancellationToken = default)
    {
        var staged = await OwnThread.RunAsync(
            () => ScalarAsync("select count(*) from temp.brx_stage", cancellationToken)).ConfigureAwait(false);
        _write = await writers.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        _transaction = _write.Transaction;
        var counts = await OwnThread.RunAsync(() => PlanStagedAsync(comparison, window, latest, cancellationToken)).ConfigureAwait(false);
        return counts.ToPlan(staged);
    }

    private async Task<PlanCounts> PlanStagedAsync(
        SnapshotComparison comparison, SnapshotWindow? window, DateTimeOffset? latest, CancellationToken cancellationToken)
    {
        await CheckEpochAsync(_transaction!, cancellationToken).ConfigureAwait(false);
        var reads = ReadsSince.Of(window, latest);
        var since = Account.Time("since", reads?.From).Time("latest", reads?.Latest);
        await ExecuteAsync(SnapshotStatements.PlanStaged(comparison), cancellationToken, since).ConfigureAwait(false);
        var expected = await ScalarAsync(SnapshotStatements.CountExpected, cancellationToken).ConfigureAwait(false);
        var matched = await ScalarAsync(SnapshotStatements.CountMatched, cancellationToken).ConfigureAwait(false);
        if (expected != matched)
        {
            await ExecuteAsync(SnapshotStatements.IndexStage, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(SnapshotStatements.PlanMissing, cancellationToken, since).ConfigureAwait(false);
        }

        return (await connection.FindAsync(
            Statement(SnapshotStatements.CountPlan), PlanCounts.Read, cancellationToken).ConfigureAwait(false))!;
    }

    public Task<IReadOnlyDictionary<ProductId, int?>> ListTouchedAsync(
        SnapshotWindow window, CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => FindTouchedAsync(window, cancellationToken));

    private async Task<IReadOnlyDictionary<ProductId, int?>> FindTouchedAsync(SnapshotWindow window, CancellationToken cancellationToken)
    {
        var touched = await connection.ListAsync(
            Statement(SnapshotBookStatements.ListTouched, Account.Time("from", window.From)),
            TouchedRow.Read,
            cancellationToken).ConfigureAwait(false);
        if (touched.Count == 0)
        {
            return TouchedRow.ToProducts(touched);
        }

        var products = new Parameters().Text("products", Json(touched.Select(row => row.Product)));
        var staged = await connection.ListAsync(
            Statement(SnapshotBookStatements.FindStaged, products), TouchedRow.Read, cancellationToken).ConfigureAwait(false);
        return TouchedRow.ToProducts(
            touched.ExceptBy(staged.Select(row => row.Product), row => row.Product, StringComparer.Ordinal).Concat(staged));
    }

    public Task<IStockSession> OpenStockAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IStockSession>(new SqliteStockSession(writers, account, _write, time));

    public Task SetAsideAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => SetStageAsync(products, cancellationToken));

    private async Task SetStageAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken)
    {
        var aside = products.Select(product =>
            string.Create(CultureInfo.InvariantCulture, $"[\"{product.Product}\",{product.Quantity},{(int)product.KeptFields}]"));
        var parameters = Account
            .Text("products", Json(products.Select(product => product.Product.ToString())))
            .Text("aside", "[" + string.Join(',', aside) + "]")
            .Text("written", Json(products.Where(product => product.IsWritten).Select(product => product.Product.ToString())));
        await ExecuteAsync(SnapshotBookStatements.SetStage, cancellationToken, parameters).ConfigureAwait(false);
        await ExecuteAsync(SnapshotBookStatements.Unplan, cancellationToken, parameters).ConfigureAwait(false);
        await ExecuteAsync(SnapshotBookStatements.Replan, cancellationToken, parameters).ConfigureAwait(false);
    }

    public async Task<SnapshotDrift> MeasureDriftAsync(SnapshotPlan plan, int samples, CancellationToken cancellationToken = default)
    {
        var rows = await OwnThread.RunAsync(() => connection.ListAsync(
            Statement(DriftQueries.Measure, new Parameters().Integer("samples", samples)), DriftRow.Read, cancellationToken))
            .ConfigureAwait(false);
        return DriftRow.Summarize(rows, plan, samples);
    }

    public Task ApplyAsync(SnapshotApplication application, CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => WriteAsync(application, cancellationToken));

    private async Task WriteAsync(SnapshotApplication application, CancellationToken cancellationToken)
    {
        var record = application.Record;
        var now = time.GetUtcNow();
        var marksMissing = record.Outcome == SnapshotOutcome.Applied;
        var parameters = Account
            .Time("from", record.Window.From)
            .Time("to", record.Window.To)
            .Text("operation", record.OperationId)
            .Flag("applied", marksMissing)
            .Time("now", now);
        await ExecuteAsync(SnapshotStatements.Journal, cancellationToken, parameters).ConfigureAwait(false);
        await ExecuteAsync(SnapshotStatements.Update, cancellationToken, parameters).ConfigureAwait(false);
        await ExecuteAsync(SnapshotStatements.Insert, cancellationToken, parameters).ConfigureAwait(false);
        if (marksMissing)
        {
            await ExecuteAsync(SnapshotStatements.JournalMissing, cancellationToken, parameters).ConfigureAwait(false);
            await ExecuteAsync(SnapshotStatements.MarkMissing, cancellationToken, parameters).ConfigureAwait(false);
        }

        await ExecuteAsync(SnapshotBookStatements.AdvanceAccount, cancellationToken, parameters).ConfigureAwait(false);
        if (application.Requests.Count > 0)
        {
            await ExecuteAsync(
                SnapshotBookStatements.MeetRereads,
                cancellationToken,
                Account.Flag("applied", marksMissing).Text("requests", RequestRow.ToJson(application.Requests))).ConfigureAwait(false);
        }

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

        await ExecuteAsync(
            SnapshotStatements.Record, cancellationToken, SqliteSnapshotStore.Of(account, record, now)).ConfigureAwait(false);
        await ExecuteAsync(CursorStatements.Drop, cancellationToken).ConfigureAwait(false);
        await RecordDriftAsync(application, now, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        await _write!.CommitAsync().ConfigureAwait(false);
        await AbandonAsync().ConfigureAwait(false);
    }

    public async Task AbandonAsync()
    {
        if (_write is { } write)
        {
            (_write, _transaction) = (null, null);
            await write.DisposeAsync().ConfigureAwait(false);
        }
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
        _write = await writers.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        try
        {
            _transaction = _write.Transaction;
            await CheckEpochAsync(_transaction, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(
                SnapshotStatements.Record,
                cancellationToken,
                SqliteSnapshotStore.Of(account, record, time.GetUtcNow())).ConfigureAwait(false);
            await _write.CommitAsync().ConfigureAwait(false);
        }
        finally
        {
            await AbandonAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await AbandonAsync().ConfigureAwait(false);
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

    private static string Json(IEnumerable<string> texts) => "[" + string.Join(',', texts.Select(text => $"\"{text}\"")) + "]";

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

    private Task RecordDriftAsync(SnapshotApplication application, DateTimeOffset now, CancellationToken cancellationToken)
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
                    .Time("from", record.Window.From)
                    .Time("to", record.Window.To)
                    .Number("equal", drift.Equal)
                    .Number("different", drift.Different)
                    .Text("findings", DriftReportRow.ToJson(drift))
                    .Time("now", now));
    }

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, Parameters? parameters = null) =>
        connection.ExecuteAsync(Statement(sql, parameters), cancellationToken);

    private async Task<long> ScalarAsync(string sql, CancellationToken cancellationToken) =>
        await connection.FindNumberAsync(Statement(sql), cancellationToken).ConfigureAwait(false) ?? 0;

    private Statement Statement(string sql, Parameters? parameters = null) => new(sql, parameters ?? Account, _transaction);
}
