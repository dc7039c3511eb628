using System.Data.Common;
using System.Diagnostics;
using BrxSync.Client;
using BrxSync.Sync.Catalog;
using BrxSync.Sync.Diagnostics;
using BrxSync.Sync.Retries;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>Reads prints from MySQL or MariaDB: one query for each batch, repeated with growing waits after passing faults.</summary>
internal sealed partial class MySqlCatalogSource : ICatalogSource
{
    private readonly MySqlCatalogPool _pool;
    private readonly MySqlCatalogOptions _options;
    private readonly MySqlCatalogStatement _statement;
    private readonly string[] _tables;
    private readonly bool[] _excluded;
    private readonly CatalogMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<MySqlCatalogSource> _logger;

    public MySqlCatalogSource(
        MySqlCatalogPool pool,
        IOptions<MySqlCatalogOptions> options,
        CatalogMetrics metrics,
        TimeProvider time,
        ILogger<MySqlCatalogSource> logger)
    {
        (_pool, _options, _metrics, _time, _logger) = (pool, options.Value, metrics, time, logger);
        _statement = new MySqlCatalogStatement(_options);
        _tables = [.. _options.EffectiveTables];
        _excluded = [.. _tables.Select(table => _options.ExcludedTables.Contains(table))];
        Scope = string.Join(',', _tables.Select((table, i) => (_excluded[i] ? "-" : "") + table))
            + $";{_options.IdColumn};{_options.BlueprintColumn}";
    }

    public string Scope { get; }

    public async Task<IReadOnlyDictionary<BlueprintId, CatalogMatch>> FindAsync(
        IReadOnlyList<BlueprintId> blueprintIds, CancellationToken cancellationToken = default)
    {
        if (blueprintIds.Count == 0)
        {
            return new Dictionary<BlueprintId, CatalogMatch>();
        }

        var sql = _statement.Find(blueprintIds);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await FindOnceAsync(sql, blueprintIds.Count, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsFault(exception, cancellationToken))
            {
                if (attempt > _options.MaxRetries || !MySqlFault.IsPassing(exception))
                {
                    throw Unavailable(exception, attempt);
                }

                var delay = Backoff.After(attempt - 1, _options.RetryDelay, _options.MaxRetryDelay);
                _metrics.CountRetry();
                Log.Retry(_logger, attempt, _options.MaxRetries + 1, delay, exception);
                await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task CheckAsync(CancellationToken cancellationToken = default)
    {
        var table = 0;
        try
        {
            await QueryAsync(
                _statement.Check(),
                columns => MySqlCatalogColumns.RequireWholeNumbers(columns, 0, _tables[table++], _options),
                _ => { },
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsFault(exception, cancellationToken))
        {
            throw Unavailable(exception, 1);
        }
    }

    private async Task<IReadOnlyDictionary<BlueprintId, CatalogMatch>> FindOnceAsync(
        string sql, int expected, CancellationToken cancellationToken)
    {
        var best = new Dictionary<BlueprintId, (int Table, long Print)>(expected);
        await QueryAsync(
            sql,
            columns => MySqlCatalogColumns.RequireWholeNumbers(columns, 1, null, _options),
            row => Keep(best, (int)row.GetInt64(0), row.GetInt64(1), new BlueprintId(row.GetInt64(2))),
            cancellationToken).ConfigureAwait(false);
        var matches = new Dictionary<BlueprintId, CatalogMatch>(best.Count);
        foreach (var (id, (table, print)) in best)
        {
            var found = new CatalogPrint(_tables[table], print);
            matches.Add(id, _excluded[table] ? CatalogMatch.Excluded(found) : CatalogMatch.Mapped(found));
        }

        return matches;
    }

    private async Task QueryAsync(
        string sql, Action<DbDataReader> onColumns, Action<DbDataReader> onRow, CancellationToken cancellationToken)
    {
        var lease = await _pool.RentAsync(cancellationToken).ConfigureAwait(false);
        await using (lease.ConfigureAwait(false))
        {
            using var activity = SyncDiagnostics.ActivitySource.StartActivity("brx.catalog.query", ActivityKind.Client);
            var started = _time.GetTimestamp();
            var succeeded = false;
            try
            {
                await ReadAsync(lease, sql, onColumns, onRow, cancellationToken).ConfigureAwait(false);
                succeeded = true;
            }
            finally
            {
                activity?.SetStatus(succeeded ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
                _metrics.RecordQuery(_time.GetElapsedTime(started), succeeded);
            }
        }
    }

    private async Task ReadAsync(
        MySqlCatalogPool.Lease lease,
        string sql,
        Action<DbDataReader> onColumns,
        Action<DbDataReader> onRow,
        CancellationToken cancellationToken)
    {
        var command = lease.Connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            command.CommandTimeout = _pool.CommandTimeout;
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                // Every result must be taken: a fault of the commit would otherwise go unseen.
                do
                {
                    if (reader.FieldCount == 0)
                    {
                        continue;
                    }

                    onColumns(reader);
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        onRow(reader);
                    }
                }
                while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
            }
        }
    }

    /// <summary>Of several prints of one blueprint the same one wins every time: not excluded, first table, lowest id.</summary>
    private void Keep(Dictionary<BlueprintId, (int Table, long Print)> best, int table, long print, BlueprintId id)
    {
        if (!best.TryGetValue(id, out var other)
            || (_excluded[table], table, print).CompareTo((_excluded[other.Table], other.Table, other.Print)) < 0)
        {
            best[id] = (table, print);
        }
    }

    private CatalogUnavailableException Unavailable(Exception exception, int attempts) =>
        new(MySqlFault.Describe(exception, _options, attempts), exception) { IsTransient = MySqlFault.IsPassing(exception) };

    // What says already what to do passes, and so does the caller's own wish.
    private static bool IsFault(Exception exception, CancellationToken cancellationToken) =>
        exception is not CatalogUnavailableException
        && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private static partial class Log
    {
        [LoggerMessage(
            EventIds.CatalogRetry,
            LogLevel.Warning,
            "Attempt {Attempt} of {Attempts} to read the catalogue failed; the next one follows in {Delay}")]
        public static partial void Retry(ILogger logger, int attempt, int attempts, TimeSpan delay, Exception exception);
    }
}
