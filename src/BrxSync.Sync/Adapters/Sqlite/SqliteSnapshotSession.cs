using BrxSync.Client;
using System.Globalization;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Snapshots;
using BrxSync.Sync.Stock;
using Dapper;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>Stages into a temp table of one connection, plans by the unique index, applies only what differs.</summary>
internal sealed class SqliteSnapshotSession(
    SqliteConnection connection, SqliteWriters writers, RunLock runLock, AccountId account, long epoch, TimeProvider time)
    : ISnapshotSession
{
    private readonly string _account = account.ToString();
    private SqliteWrite? _write;
    private SqliteTransaction? _transaction;

    public long Epoch => epoch;

    public ISnapshotCursor Cursor => field ??= new SqliteSnapshotCursor(connection, writers, _account, CheckEpochAsync);

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

    public Task<DuplicateProducts> SettleDuplicatesAsync(CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => SettleAsync(cancellationToken));

    private async Task<DuplicateProducts> SettleAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(SnapshotStatements.IndexStage, cancellationToken).ConfigureAwait(false);
        var groups = await connection.QueryAsync<DuplicateGroup>(SnapshotStatements.FindDuplicates).ConfigureAwait(false);
        var duplicates = DuplicateGroup.Summarize(groups);
        await ExecuteAsync(SnapshotStatements.DropDuplicates, cancellationToken).ConfigureAwait(false);
        return duplicates;
    }

    public Task WithholdPricesAsync(IReadOnlyList<int> rowIndexes, bool allOthers, CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => ExecuteAsync(
            SnapshotStatements.WithholdPrices,
            cancellationToken,
            new { rows = "[" + string.Join(',', rowIndexes.Select(row => row.ToString(CultureInfo.InvariantCulture))) + "]", others = allOthers }));

    public async Task<IReadOnlyList<RereadRequest>> ListRequestsAsync(CancellationToken cancellationToken = default)
    {
        var rows = await connection.QueryAsync<RequestRow>(new CommandDefinition(
            SnapshotBookStatements.ListRequests, new { account = _account }, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToRequest())];
    }

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
        var since = new
        {
            account = _account,
            since = reads is { } from ? StoredTime.ToMicroseconds(from.From) : (long?)null,
            latest = reads is { } to ? StoredTime.ToMicroseconds(to.Latest) : (long?)null,
        };
        await ExecuteAsync(SnapshotStatements.PlanStaged(comparison), cancellationToken, since).ConfigureAwait(false);
        var expected = await ScalarAsync(SnapshotStatements.CountExpected, cancellationToken).ConfigureAwait(false);
        var matched = await ScalarAsync(SnapshotStatements.CountMatched, cancellationToken).ConfigureAwait(false);
        if (expected != matched)
        {
            await ExecuteAsync(SnapshotStatements.IndexStage, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(SnapshotStatements.PlanMissing, cancellationToken, since).ConfigureAwait(false);
        }

        return await connection.QuerySingleAsync<PlanCounts>(SnapshotStatements.CountPlan, transaction: _transaction).ConfigureAwait(false);
    }

    public Task<IReadOnlyDictionary<ProductId, int?>> ListTouchedAsync(SnapshotWindow window, CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => FindTouchedAsync(window, cancellationToken));

    private async Task<IReadOnlyDictionary<ProductId, int?>> FindTouchedAsync(SnapshotWindow window, CancellationToken cancellationToken)
    {
        var touched = (await connection.QueryAsync<TouchedRow>(new CommandDefinition(
            SnapshotBookStatements.ListTouched,
            new { account = _account, from = StoredTime.ToMicroseconds(window.From) },
            _transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false)).AsList();
        if (touched.Count == 0)
        {
            return TouchedRow.Read(touched);
        }

        var staged = await connection.QueryAsync<TouchedRow>(new CommandDefinition(
            SnapshotBookStatements.FindStaged,
            new { products = Json(touched.Select(row => row.Product)) },
            _transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return TouchedRow.Read(touched.ExceptBy(staged.Select(row => row.Product), row => row.Product, StringComparer.Ordinal).Concat(staged));
    }

    public Task<IStockSession> OpenStockAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IStockSession>(new SqliteStockSession(writers, new AccountId(Guid.Parse(_account)), _write, time));

    public Task SetAsideAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => SetStageAsync(products, cancellationToken));

    private async Task SetStageAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken)
    {
        var parameters = new
        {
            account = _account,
            products = Json(products.Select(product => product.Product.ToString())),
            aside = "[" + string.Join(',', products.Select(product =>
                string.Create(CultureInfo.InvariantCulture, $"[\"{product.Product}\",{product.Quantity},{(int)product.KeptFields}]"))) + "]",
            written = Json(products.Where(product => product.IsWritten).Select(product => product.Product.ToString())),
        };
        await ExecuteAsync(SnapshotBookStatements.SetStage, cancellationToken, parameters).ConfigureAwait(false);
        await ExecuteAsync(SnapshotBookStatements.Unplan, cancellationToken, parameters).ConfigureAwait(false);
        await ExecuteAsync(SnapshotBookStatements.Replan, cancellationToken, parameters).ConfigureAwait(false);
    }

    public async Task<SnapshotDrift> MeasureDriftAsync(SnapshotPlan plan, int samples, CancellationToken cancellationToken = default)
    {
        var rows = await OwnThread.RunAsync(() => connection.QueryAsync<DriftRow>(new CommandDefinition(
            DriftQueries.Measure, new { samples }, _transaction, cancellationToken: cancellationToken))).ConfigureAwait(false);
        return DriftRow.Summarize(rows, plan, samples);
    }

    public Task ApplyAsync(SnapshotApplication application, CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => WriteAsync(application, cancellationToken));

    private async Task WriteAsync(SnapshotApplication application, CancellationToken cancellationToken)
    {
        var record = application.Record;
        var parameters = new
        {
            account = _account,
            from = StoredTime.ToMicroseconds(record.Window.From),
            to = StoredTime.ToMicroseconds(record.Window.To),
            operation = record.OperationId,
            now = StoredTime.Now(time),
        };
        var marksMissing = record.Outcome == SnapshotOutcome.Applied;
        await ExecuteAsync(SnapshotStatements.Journal, cancellationToken, parameters).ConfigureAwait(false);
        await ExecuteAsync(SnapshotStatements.Update, cancellationToken, parameters).ConfigureAwait(false);
        await ExecuteAsync(SnapshotStatements.Insert, cancellationToken, parameters).ConfigureAwait(false);
        if (marksMissing)
        {
            await ExecuteAsync(SnapshotStatements.JournalMissing, cancellationToken, parameters).ConfigureAwait(false);
            await ExecuteAsync(SnapshotStatements.MarkMissing, cancellationToken, parameters).ConfigureAwait(false);
        }

        var advance = new { parameters.account, parameters.from, parameters.to, applied = marksMissing };
        await ExecuteAsync(SnapshotBookStatements.AdvanceAccount, cancellationToken, advance).ConfigureAwait(false);
        if (application.Requests.Count > 0)
        {
            await ExecuteAsync(
                SnapshotBookStatements.MeetRereads,
                cancellationToken,
                new { parameters.account, advance.applied, requests = RequestRow.ToJson(application.Requests) }).ConfigureAwait(false);
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
                new { account = _account, currency }).ConfigureAwait(false);
        }

        await ExecuteAsync(SnapshotStatements.Record, cancellationToken, SqliteSnapshotStore.Parameters(_account, record, parameters.now)).ConfigureAwait(false);
        await ExecuteAsync(CursorStatements.Drop, cancellationToken).ConfigureAwait(false);
        await RecordDriftAsync(application, parameters.now, cancellationToken).ConfigureAwait(false);
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
        var rows = await connection.QueryAsync<SnapshotRecordRow>(
            SnapshotStatements.ListRecords("and verdict <> 'refused'"), new { account = _account, limit }).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToRecord())];
    }

    public async Task<AcceptedSnapshot?> FindAcceptedAsync(CancellationToken cancellationToken = default)
    {
        var row = await connection.QuerySingleOrDefaultAsync<AcceptedSnapshotRow>(
            SnapshotReviewStatements.FindAccepted, new { account = _account }).ConfigureAwait(false);
        return row?.ToAccepted();
    }

    public async Task RecordRefusedAsync(SnapshotRecord record, CancellationToken cancellationToken = default)
    {
        _write = await writers.BeginAsync(connection, cancellationToken).ConfigureAwait(false);
        try
        {
            _transaction = _write.Transaction;
            await CheckEpochAsync(_transaction, cancellationToken).ConfigureAwait(false);
            await ExecuteAsync(
                SnapshotStatements.Record, cancellationToken, SqliteSnapshotStore.Parameters(_account, record, StoredTime.Now(time))).ConfigureAwait(false);
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
            await OwnThread.RunAsync(() => connection.ExecuteAsync(SnapshotStatements.Release)).ConfigureAwait(false);
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
        var current = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select epoch from user_sync_settings where user_id = @account", new { account = _account }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (current != epoch)
        {
            throw new SyncFencedException();
        }
    }

    private Task RecordDriftAsync(SnapshotApplication application, long now, CancellationToken cancellationToken)
    {
        var record = application.Record;
        return application.Drift is not { } drift
            ? Task.CompletedTask
            : ExecuteAsync(DriftQueries.Record, cancellationToken, new
            {
                account = _account,
                operation = record.OperationId,
                verdict = StoredText.Of(record.Outcome),
                from = StoredTime.ToMicroseconds(record.Window.From),
                to = StoredTime.ToMicroseconds(record.Window.To),
                equal = drift.Equal,
                different = drift.Different,
                findings = DriftReportRow.ToJson(drift),
                now,
            });
    }

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, object? parameters = null) => connection.ExecuteAsync(
        new CommandDefinition(sql, parameters ?? new { account = _account }, _transaction, cancellationToken: cancellationToken));

    private Task<long> ScalarAsync(string sql, CancellationToken cancellationToken) => connection.ExecuteScalarAsync<long>(
        new CommandDefinition(sql, new { account = _account }, _transaction, cancellationToken: cancellationToken));
}
