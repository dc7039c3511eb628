using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.PostgreSql.Statements;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql;

/// <summary>What differs, in a temp table, and the transaction that holds the account's row; applies only what differs.</summary>
/// <param name="connection">The connection of the session, which has the stage.</param>
/// <param name="transaction">The transaction that the plan was made in.</param>
/// <param name="account">The account.</param>
/// <param name="options">Time limits.</param>
/// <param name="isFirst">Whether there is no linked row yet, so that everything staged is new.</param>
/// <param name="changes">What applying would do.</param>
internal sealed class PostgreSqlSnapshotPlan(
    NpgsqlConnection connection,
    NpgsqlTransaction transaction,
    AccountId account,
    PostgreSqlOptions options,
    bool isFirst,
    PlannedChanges changes) : SqlSnapshotPlan(changes)
{
    private Parameters Account => PostgreSqlParameters.Of(account);

    public override async Task<IReadOnlyDictionary<ProductId, int?>> ListTouchedAsync(
        SnapshotWindow window, CancellationToken cancellationToken = default)
    {
        var sql = isFirst ? TouchedProductStatements.ListTouchedFirst : TouchedProductStatements.ListTouched;
        var rows = await connection.ListAsync(
            Statement(sql, Account.Instant("from", window.From)), TouchedRow.Read, cancellationToken).ConfigureAwait(false);
        return TouchedRow.ToProducts(rows);
    }

    public override async Task<IStockSession> OpenStockAsync(CancellationToken cancellationToken = default)
    {
        await ExecuteAsync(TouchedProductStatements.AllowNestedLoops, cancellationToken).ConfigureAwait(false);
        return new PostgreSqlStockSession(connection, account, source: null, options.SyncTimeoutSeconds);
    }

    public override async Task SetAsideAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken = default)
    {
        var parameters = Account
            .Texts("products", products.Select(product => product.Product.ToString()))
            .Integers("quantities", products.Select(product => product.Quantity))
            .Integers("kept", products.Select(product => (int)product.KeptFields))
            .Texts("written", products.Where(product => product.IsWritten).Select(product => product.Product.ToString()));
        await ExecuteAsync(TouchedProductStatements.SetStage, cancellationToken, parameters).ConfigureAwait(false);
        if (!isFirst)
        {
            await ExecuteAsync(TouchedProductStatements.Unplan, cancellationToken, parameters).ConfigureAwait(false);
            await ExecuteAsync(TouchedProductStatements.Replan, cancellationToken, parameters).ConfigureAwait(false);
        }

        await ExecuteAsync(TouchedProductStatements.ForbidNestedLoops, cancellationToken).ConfigureAwait(false);
    }

    public override async Task<SnapshotDrift> MeasureDriftAsync(int samples, CancellationToken cancellationToken = default)
    {
        var sql = isFirst ? DriftQueries.MeasureFirst : DriftQueries.Measure(account);
        var rows = await connection.ListAsync(
            Statement(sql, new Parameters().Integer("samples", samples)), DriftRow.Read, cancellationToken).ConfigureAwait(false);
        return DriftRow.Summarize(rows, Changes, samples);
    }

    /// <summary>Rolls back what was not committed.</summary>
    public override ValueTask DisposeAsync() => transaction.DisposeAsync();

    protected override async Task UpdateRowsAsync(SnapshotApplication application, CancellationToken cancellationToken)
    {
        if (isFirst)
        {
            return;
        }

        var parameters = Of(application.Record);
        await ExecuteAsync(SnapshotStatements.LockRows(account), cancellationToken).ConfigureAwait(false);
        await JournalAsync(SnapshotStatements.JournalUpdate(account), parameters, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(SnapshotStatements.Update(account), cancellationToken, parameters).ConfigureAwait(false);
    }

    protected override async Task MarkMissingAsync(SnapshotApplication application, CancellationToken cancellationToken)
    {
        if (isFirst)
        {
            return;
        }

        var parameters = Of(application.Record);
        await JournalAsync(SnapshotStatements.JournalMissing(account), parameters, cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(SnapshotStatements.MarkMissing(account), cancellationToken, parameters).ConfigureAwait(false);
    }

    protected override async Task InsertRowsAsync(SnapshotApplication application, CancellationToken cancellationToken)
    {
        var parameters = Of(application.Record);
        if (isFirst)
        {
            await ExecuteAsync(SnapshotStatements.InsertEverything(account), cancellationToken, parameters).ConfigureAwait(false);
        }

        await JournalAsync(
            isFirst ? SnapshotStatements.JournalEverything(account) : SnapshotStatements.InsertNew(account), parameters, cancellationToken)
            .ConfigureAwait(false);
    }

    protected override Task AdvanceAccountAsync(SnapshotApplication application, CancellationToken cancellationToken) => ExecuteAsync(
        TouchedProductStatements.AdvanceAccount, cancellationToken, Window(application.Record).Flag("applied", IsApplied(application)));

    protected override Task MeetRequestsAsync(SnapshotApplication application, CancellationToken cancellationToken)
    {
        var requests = application.Requests;
        return ExecuteAsync(
            TouchedProductStatements.MeetRereads,
            cancellationToken,
            Account
                .Flag("applied", IsApplied(application))
                .Texts("products", requests.Select(RequestRow.ProductOf))
                .Numbers("blueprints", requests.Select(RequestRow.BlueprintOf))
                .Instants("asked", requests.Select(request => request.AskedAt)));
    }

    protected override Task AdoptCurrencyAsync(string currency, CancellationToken cancellationToken) => ExecuteAsync(
        "update user_sync_settings set currency = @currency where user_id = @account and currency is distinct from @currency",
        cancellationToken,
        Account.Text("currency", currency));

    protected override Task RecordAsync(SnapshotRecord record, CancellationToken cancellationToken) =>
        PostgreSqlSnapshotStore.RecordAsync(connection, account, record, cancellationToken);

    protected override Task DropCursorAsync(CancellationToken cancellationToken) =>
        ExecuteAsync(CursorStatements.Drop, cancellationToken, Account);

    protected override Task RecordDriftAsync(
        SnapshotRecord record, SnapshotDrift drift, CancellationToken cancellationToken) => ExecuteAsync(
        DriftQueries.Record,
        cancellationToken,
        Window(record)
            .Text("operation", record.OperationId)
            .Text("verdict", StoredWords.Of(record.Outcome))
            .Number("equal", drift.Equal)
            .Number("different", drift.Different)
            .Text("findings", DriftReportRow.ToJson(drift)));

    protected override Task CommitAsync() => transaction.CommitAsync(CancellationToken.None);

    private static bool IsApplied(SnapshotApplication application) => application.Record.Outcome == SnapshotOutcome.Applied;

    private Parameters Window(SnapshotRecord record) => Account.Instant("from", record.Window.From).Instant("to", record.Window.To);

    private Parameters Of(SnapshotRecord record) => Window(record).Text("operation", record.OperationId);

    /// <summary>Runs a statement whose last part writes to the journal, and moves the account's position by as many rows.</summary>
    private async Task JournalAsync(string sql, Parameters parameters, CancellationToken cancellationToken)
    {
        var written = await ExecuteAsync(sql, cancellationToken, parameters).ConfigureAwait(false);
        if (written > 0)
        {
            await ExecuteAsync(SnapshotStatements.RaiseJournal, cancellationToken, Account.Number("written", written))
                .ConfigureAwait(false);
        }
    }

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, Parameters? parameters = null) =>
        connection.ExecuteAsync(Statement(sql, parameters), cancellationToken);

    private Statement Statement(string sql, Parameters? parameters = null) =>
        new(sql, parameters, transaction, options.SyncTimeoutSeconds);
}
