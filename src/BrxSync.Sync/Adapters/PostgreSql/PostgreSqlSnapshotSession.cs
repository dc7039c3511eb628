using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Stock.Clocks;
using BrxSync.Sync.Stock.Guard;
using Dapper;
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

    public ISnapshotCursor Cursor => field ??= new PostgreSqlSnapshotCursor(connection, account, options, LockAccountAsync);

    public Task<long> CountLinkedAsync(CancellationToken cancellationToken = default) =>
        connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from user_inventory_items where user_id = @account and external_stock_id is not null and status = 'active'",
            new { account = account.Value },
            cancellationToken: cancellationToken));

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
        var groups = await connection.QueryAsync<DuplicateGroup>(new CommandDefinition(
            SnapshotStatements.SettleDuplicates, commandTimeout: options.SyncTimeoutSeconds, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return DuplicateGroup.Summarize(groups);
    }

    public Task WithholdPricesAsync(IReadOnlyList<int> rowIndexes, bool allOthers, CancellationToken cancellationToken = default) =>
        ExecuteAsync(SnapshotStatements.WithholdPrices, cancellationToken, new { rows = rowIndexes.ToArray(), others = allOthers });

    public async Task<IReadOnlyList<RereadRequest>> ListRequestsAsync(CancellationToken cancellationToken = default)
    {
        var rows = await connection.QueryAsync<RequestRow>(new CommandDefinition(
            SnapshotBookStatements.ListRequests, new { account = account.Value }, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToRequest())];
    }

    public async Task<SnapshotPlan> PlanAsync(
        SnapshotComparison comparison = SnapshotComparison.Hash,
        SnapshotWindow? window = null,
        DateTimeOffset? latest = null,
        CancellationToken cancellationToken = default)
    {
        await ExecuteAsync("analyze pg_temp.brx_stage", cancellationToken).ConfigureAwait(false);
        var staged = await connection.ExecuteScalarAsync<long>(new CommandDefinition(
            "select count(*) from brx_stage", commandTimeout: options.SyncTimeoutSeconds, cancellationToken: cancellationToken)).ConfigureAwait(false);

        _transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await ExecuteAsync(
            $"set local enable_nestloop = off; set local work_mem = '{options.SyncWorkMemoryMegabytes}MB'", cancellationToken).ConfigureAwait(false);
        await LockAccountAsync(_transaction, cancellationToken).ConfigureAwait(false);
        _isFirst = !await connection.ExecuteScalarAsync<bool>(new CommandDefinition(
            SnapshotStatements.HasLinked, new { account = account.Value }, _transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (!_isFirst)
        {
            await ExecuteAsync(SnapshotStatements.Plan(account, comparison, ReadsSince.Of(window, latest)), cancellationToken).ConfigureAwait(false);
        }

        var counts = await connection.QuerySingleAsync<PlanCounts>(new CommandDefinition(
            _isFirst ? SnapshotStatements.CountStage : SnapshotStatements.CountPlan,
            transaction: _transaction,
            commandTimeout: options.SyncTimeoutSeconds,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return counts.ToPlan(staged);
    }

    public async Task<IReadOnlyDictionary<ProductId, int?>> ListTouchedAsync(SnapshotWindow window, CancellationToken cancellationToken = default)
    {
        var rows = await connection.QueryAsync<TouchedRow>(new CommandDefinition(
            _isFirst ? SnapshotBookStatements.ListTouchedFirst : SnapshotBookStatements.ListTouched,
            new { account = account.Value, from = window.From },
            _transaction,
            options.SyncTimeoutSeconds,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return TouchedRow.Read(rows);
    }

    public async Task<IStockSession> OpenStockAsync(CancellationToken cancellationToken = default)
    {
        await ExecuteAsync(SnapshotBookStatements.AllowNestedLoops, cancellationToken).ConfigureAwait(false);
        return new PostgreSqlStockSession(connection, account, source: null, options.SyncTimeoutSeconds);
    }

    public async Task SetAsideAsync(IReadOnlyList<SetAsideProduct> products, CancellationToken cancellationToken = default)
    {
        var parameters = new
        {
            account = account.Value,
            products = products.Select(product => product.Product.ToString()).ToArray(),
            quantities = products.Select(product => product.Quantity).ToArray(),
            kept = products.Select(product => (int)product.KeptFields).ToArray(),
            written = products.Where(product => product.IsWritten).Select(product => product.Product.ToString()).ToArray(),
        };
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
        var rows = await connection.QueryAsync<DriftRow>(new CommandDefinition(
            _isFirst ? DriftQueries.MeasureFirst : DriftQueries.Measure(account),
            new { samples },
            _transaction,
            options.SyncTimeoutSeconds,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return DriftRow.Summarize(rows, plan, samples);
    }

    public async Task ApplyAsync(SnapshotApplication application, CancellationToken cancellationToken = default)
    {
        var record = application.Record;
        var parameters = new { account = account.Value, from = record.Window.From, to = record.Window.To, operation = record.OperationId };
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
            _isFirst ? SnapshotStatements.InsertEverything(account) : SnapshotStatements.InsertNew(account), cancellationToken, parameters).ConfigureAwait(false);
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
                new { account = account.Value, currency }).ConfigureAwait(false);
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
        var parameters = new
        {
            account = account.Value,
            from = record.Window.From,
            to = record.Window.To,
            applied = record.Outcome == SnapshotOutcome.Applied,
        };
        await ExecuteAsync(SnapshotBookStatements.AdvanceAccount, cancellationToken, parameters).ConfigureAwait(false);
        if (requests.Count > 0)
        {
            await ExecuteAsync(SnapshotBookStatements.MeetRereads, cancellationToken, new
            {
                parameters.account,
                parameters.applied,
                products = requests.Select(request => request.Product?.ToString() ?? string.Empty).ToArray(),
                blueprints = requests.Select(request => request.Blueprint?.Value ?? 0).ToArray(),
                asked = requests.Select(request => request.AskedAt.UtcDateTime).ToArray(),
            }).ConfigureAwait(false);
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
        var current = await connection.ExecuteScalarAsync<long?>(new CommandDefinition(
            SnapshotStatements.LockAccount,
            new { account = account.Value },
            transaction,
            options.SyncTimeoutSeconds,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
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
            : ExecuteAsync(DriftQueries.Record, cancellationToken, new
            {
                account = account.Value,
                operation = record.OperationId,
                verdict = StoredText.Of(record.Outcome),
                from = record.Window.From,
                to = record.Window.To,
                equal = drift.Equal,
                different = drift.Different,
                findings = DriftReportRow.ToJson(drift),
            });
    }

    private Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, object? parameters = null) =>
        connection.ExecuteAsync(new CommandDefinition(sql, parameters, _transaction, options.SyncTimeoutSeconds, cancellationToken: cancellationToken));
}
