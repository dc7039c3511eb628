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
    SqliteConnection connection, RunLock runLock, AccountId account, long epoch, TimeProvider time) : ISnapshotSession
{
    private SqliteTransaction? _transaction;

    public long Epoch => epoch;

    public ISnapshotCursor Cursor => field ??= new SqliteSnapshotCursor(connection, account, CheckEpochAsync);

    private Parameters Account => Parameters.Of(account);

    public Task<long> CountLinkedAsync(CancellationToken cancellationToken = default) =>
        ScalarAsync("select count(*) from user_inventory_items where user_id = @account and external_stock_id is not null and status = 'active'", cancellationToken);

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

    public async Task<DuplicateProducts> SettleDuplicatesAsync(CancellationToken cancellationToken = default)
    {
        await ExecuteAsync(SnapshotStatements.IndexStage, cancellationToken).ConfigureAwait(false);
        var groups = await connection.ListAsync(
            new Statement(SnapshotStatements.FindDuplicates), DuplicateGroup.Read, cancellationToken).ConfigureAwait(false);
        var duplicates = DuplicateGroup.Summarize(groups);
        await ExecuteAsync(SnapshotStatements.DropDuplicates, cancellationToken).ConfigureAwait(false);
        return duplicates;
    }

    public Task WithholdPricesAsync(IReadOnlyList<int> rowIndexes, bool allOthers, CancellationToken cancellationToken = default) =>
        ExecuteAsync(
            SnapshotStatements.WithholdPrices,
            cancellationToken,
            new Parameters()
                .Text("rows", "[" + string.Join(',', rowIndexes.Select(row => row.ToString(CultureInfo.InvariantCulture))) + "]")
                .Flag("others", allOthers));

    public async Task<IReadOnlyList<RereadRequest>> ListRequestsAsync(CancellationToken cancellationToken = default) =>
        await connection.ListAsync(
            new Statement(SnapshotBookStatements.ListRequests, Account), RequestRow.Read, cancellationToken).ConfigureAwait(false);

    public async Task<SnapshotPlan> PlanAsync(
        SnapshotComparison comparison = SnapshotComparison.Hash,
        SnapshotWindow? window = null,
        DateTimeOffset? latest = null,
        CancellationToken cancellationToken = default)
    {
        var staged = await ScalarAsync("select count(*) from temp.brx_stage", cancellationToken).ConfigureAwait(false);
        _transaction = connection.BeginTransaction(deferred: false);
        await CheckEpochAsync(_transaction, cancellationToken).ConfigureAwait(false);
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

        var counts = await connection.FindAsync(
            Statement(SnapshotStatements.CountPlan), PlanCounts.Read, cancellationToken).ConfigureAwait(false);
        return counts!.ToPlan(staged);
    }

    public async Task<IReadOnlyDictionary<ProductId, int?>> ListTouchedAsync(SnapshotWindow window, CancellationToken cancellationToken = default)
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
        Task.FromResult<IStockSession>(new SqliteStockSession(connection, account, _transaction, time));

    public async Task SetAsideAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken = default)
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
        var rows = await connection.ListAsync(
            Statement(DriftQueries.Measure, new Parameters().Integer("samples", samples)),
            DriftRow.Read,
            cancellationToken).ConfigureAwait(false);
        return DriftRow.Summarize(rows, plan, samples);
    }

    public async Task ApplyAsync(SnapshotApplication application, CancellationToken cancellationToken = default)
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
        foreach (var request in application.Requests)
        {
            await ExecuteAsync(
                SnapshotBookStatements.MeetReread,
                cancellationToken,
                SqliteStockWriter.Reread(account, request).Flag("applied", marksMissing)).ConfigureAwait(false);
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
        await _transaction!.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        await AbandonAsync().ConfigureAwait(false);
    }

    public async Task AbandonAsync()
    {
        if (_transaction is { } transaction)
        {
            _transaction = null;
            await transaction.DisposeAsync().ConfigureAwait(false);
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
        var transaction = connection.BeginTransaction(deferred: false);
        await using (transaction.ConfigureAwait(false))
        {
            _transaction = transaction;
            await CheckEpochAsync(_transaction, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(
                SnapshotStatements.Record,
                cancellationToken,
                SqliteSnapshotStore.Of(account, record, time.GetUtcNow())).ConfigureAwait(false);
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            _transaction = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await AbandonAsync().ConfigureAwait(false);
            await connection.ExecuteAsync(new Statement(SnapshotStatements.Release), CancellationToken.None).ConfigureAwait(false);
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
