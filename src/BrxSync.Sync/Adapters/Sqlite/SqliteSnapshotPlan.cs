using System.Globalization;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Adapters.Sqlite.Statements;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using Microsoft.Data.Sqlite;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>What differs, in temp tables, and the turn of a writer; applies only what differs, on a thread of its own.</summary>
internal sealed class SqliteSnapshotPlan(
    SqliteWriters writers, SqliteWrite write, AccountId account, TimeProvider time, PlannedChanges changes) : SqlSnapshotPlan(changes)
{
    private DateTimeOffset _now;

    private SqliteConnection Connection => write.Connection;

    private Parameters Account => Parameters.Of(account);

    public override Task<IReadOnlyDictionary<ProductId, int?>> ListTouchedAsync(
        SnapshotWindow window, CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => FindTouchedAsync(window, cancellationToken));

    private async Task<IReadOnlyDictionary<ProductId, int?>> FindTouchedAsync(SnapshotWindow window, CancellationToken cancellationToken)
    {
        var touched = await Connection.ListAsync(
            Statement(TouchedProductStatements.ListTouched, Account.Time("from", window.From)),
            TouchedRow.Read,
            cancellationToken).ConfigureAwait(false);
        if (touched.Count == 0)
        {
            return TouchedRow.ToProducts(touched);
        }

        var products = new Parameters().Text("products", Json(touched.Select(row => row.Product)));
        var staged = await Connection.ListAsync(
            Statement(TouchedProductStatements.FindStaged, products), TouchedRow.Read, cancellationToken).ConfigureAwait(false);
        return TouchedRow.ToProducts(
            touched.ExceptBy(staged.Select(row => row.Product), row => row.Product, StringComparer.Ordinal).Concat(staged));
    }

    public override Task<IStockSession> OpenStockAsync(CancellationToken cancellationToken = default) =>
        Task.FromResult<IStockSession>(new SqliteStockSession(writers, account, write, time));

    public override Task SetAsideAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() => SetStageAsync(products, cancellationToken));

    private async Task SetStageAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken)
    {
        var aside = products.Select(product =>
            string.Create(CultureInfo.InvariantCulture, $"[\"{product.Product}\",{product.Quantity},{(int)product.KeptFields}]"));
        var parameters = Account
            .Text("products", Json(products.Select(product => product.Product.ToString())))
            .Text("aside", "[" + string.Join(',', aside) + "]")
            .Text("written", Json(products.Where(product => product.IsWritten).Select(product => product.Product.ToString())));
        await ExecuteAsync(TouchedProductStatements.SetStage, cancellationToken, parameters).ConfigureAwait(false);
        await ExecuteAsync(TouchedProductStatements.Unplan, cancellationToken, parameters).ConfigureAwait(false);
        await ExecuteAsync(TouchedProductStatements.Replan, cancellationToken, parameters).ConfigureAwait(false);
    }

    public override async Task<SnapshotDrift> MeasureDriftAsync(int samples, CancellationToken cancellationToken = default)
    {
        var rows = await OwnThread.RunAsync(() => Connection.ListAsync(
            Statement(DriftQueries.Measure, new Parameters().Integer("samples", samples)), DriftRow.Read, cancellationToken))
            .ConfigureAwait(false);
        return DriftRow.Summarize(rows, Changes, samples);
    }

    public override Task ApplyAsync(SnapshotApplication application, CancellationToken cancellationToken = default) =>
        OwnThread.RunAsync(() =>
        {
            _now = time.GetUtcNow();
            return base.ApplyAsync(application, cancellationToken);
        });

    /// <summary>Rolls back what was not committed, and lets the next writer in.</summary>
    public override ValueTask DisposeAsync() => write.DisposeAsync();

    protected override async Task UpdateRowsAsync(SnapshotApplication application, CancellationToken cancellationToken)
    {
        await JournalAsync(SnapshotStatements.Journal, application, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(SnapshotStatements.Update, cancellationToken, Of(application.Record)).ConfigureAwait(false);
    }

    protected override async Task MarkMissingAsync(SnapshotApplication application, CancellationToken cancellationToken)
    {
        await JournalAsync(SnapshotStatements.JournalMissing, application, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(SnapshotStatements.MarkMissing, cancellationToken, Of(application.Record)).ConfigureAwait(false);
    }

    protected override Task InsertRowsAsync(SnapshotApplication application, CancellationToken cancellationToken) =>
        ExecuteAsync(SnapshotStatements.Insert, cancellationToken, Of(application.Record));

    protected override Task AdvanceAccountAsync(SnapshotApplication application, CancellationToken cancellationToken) =>
        ExecuteAsync(TouchedProductStatements.AdvanceAccount, cancellationToken, Of(application.Record));

    protected override Task MeetRequestsAsync(SnapshotApplication application, CancellationToken cancellationToken) => ExecuteAsync(
        TouchedProductStatements.MeetRereads,
        cancellationToken,
        Of(application.Record).Text("requests", RequestRow.ToJson(application.Requests)));

    protected override Task AdoptCurrencyAsync(string currency, CancellationToken cancellationToken) => ExecuteAsync(
        "update user_sync_settings set currency = @currency where user_id = @account and currency is distinct from @currency",
        cancellationToken,
        Account.Text("currency", currency));

    protected override Task RecordAsync(SnapshotRecord record, CancellationToken cancellationToken) =>
        ExecuteAsync(SnapshotStatements.Record, cancellationToken, SqliteSnapshotStore.Of(account, record, _now));

    protected override Task DropCursorAsync(CancellationToken cancellationToken) => ExecuteAsync(CursorStatements.Drop, cancellationToken);

    protected override Task RecordDriftAsync(
        SnapshotRecord record, SnapshotDrift drift, CancellationToken cancellationToken) => ExecuteAsync(
        DriftQueries.Record,
        cancellationToken,
        Of(record)
            .Text("verdict", StoredWords.Of(record.Outcome))
            .Number("equal", drift.Equal)
            .Number("different", drift.Different)
            .Text("findings", DriftReportRow.ToJson(drift)));

    /// <summary>The turn ends with it: whoever waits to write is not to wait for what the run still has to tell.</summary>
    protected override async Task CommitAsync()
    {
        await write.CommitAsync().ConfigureAwait(false);
        await write.DisposeAsync().ConfigureAwait(false);
    }

    private static string Json(IEnumerable<string> texts) => "[" + string.Join(',', texts.Select(text => $"\"{text}\"")) + "]";

    private Parameters Of(SnapshotRecord record) => Account
        .Time("from", record.Window.From)
        .Time("to", record.Window.To)
        .Text("operation", record.OperationId)
        .Flag("applied", record.Outcome == SnapshotOutcome.Applied)
        .Time("now", _now);

    private async Task JournalAsync(string sql, SnapshotApplication application, CancellationToken cancellationToken)
    {
        var written = await ExecuteAsync(sql, cancellationToken, Of(application.Record)).ConfigureAwait(false);
        if (written > 0)
        {
            await ExecuteAsync(StockStatements.RaiseJournal, cancellationToken, Account.Integer("written", written)).ConfigureAwait(false);
        }
    }

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, Parameters? parameters = null) =>
        Connection.ExecuteAsync(Statement(sql, parameters), cancellationToken);

    private Statement Statement(string sql, Parameters? parameters = null) => new(sql, parameters ?? Account, write.Transaction);
}
