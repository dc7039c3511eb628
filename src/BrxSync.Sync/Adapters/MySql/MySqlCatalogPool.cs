using System.Data.Common;
using System.Diagnostics.Metrics;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Options;
using MySqlConnector;

namespace BrxSync.Sync.Adapters.MySql;

/// <summary>
/// The process's connections to the catalogue. The gate before the provider's own pool makes waiting for one cancellable and visible,
/// and holds for a data source too whose pool we do not know.
/// </summary>
internal sealed class MySqlCatalogPool : IAsyncDisposable, IDisposable
{
    // Without a name of its own the driver's meter would name the pool by the connection string.
    private const string Name = "brxsync-catalog";

    private readonly DbDataSource _dataSource;
    private readonly bool _isOurs;
    private readonly SemaphoreSlim _gate;
    private readonly IdleConnections _idle = new(Name);
    private int _used;
    private int _waiting;

    public MySqlCatalogPool(IOptions<MySqlCatalogOptions> configured, IMeterFactory meters, MySqlCatalogDataSource? given = null)
    {
        var options = configured.Value;
        _isOurs = given is null;
        if (given is not null)
        {
            (_dataSource, MaxSize, CommandTimeout) = (given.DataSource, options.MaxPoolSize, options.CommandTimeoutSeconds);
        }
        else
        {
            var settings = MySqlConnectionString.Complete(options);
            _dataSource = new MySqlDataSourceBuilder(settings.ConnectionString)
                .UseName(Name)
                .ConfigureTracing(tracing => tracing.WithSemanticConventionsKinds(MySqlConnectorSemanticConventionsKinds.Stable))
                .Build();
            (MaxSize, CommandTimeout) = ((int)settings.MaximumPoolSize, (int)Math.Min(settings.DefaultCommandTimeout, int.MaxValue));
        }

        _gate = new SemaphoreSlim(MaxSize, MaxSize);
        AddGauges(meters.Create(SyncDiagnostics.Name));
    }

    /// <summary>How many connections it may hold.</summary>
    public int MaxSize { get; }

    /// <summary>How long one query may take, in seconds.</summary>
    public int CommandTimeout { get; }

    /// <summary>Waits for a connection; disposing of the lease gives it back.</summary>
    public async Task<Lease> RentAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        Interlocked.Increment(ref _used);
        try
        {
            return new Lease(this, await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            Release();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (_isOurs)
        {
            await _dataSource.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        _idle.Dispose();
        if (_isOurs)
        {
            _dataSource.Dispose();
        }
    }

    private void AddGauges(Meter meter)
    {
        var pool = new KeyValuePair<string, object?>("db.client.connection.pool.name", "catalog");
        var used = new KeyValuePair<string, object?>("db.client.connection.state", "used");
        var idle = new KeyValuePair<string, object?>("db.client.connection.state", "idle");
        meter.CreateObservableUpDownCounter(
            "db.client.connection.count",
            () => _isOurs
                ? new[] { new Measurement<int>(Volatile.Read(ref _used), pool, used), new Measurement<int>(_idle.Count, pool, idle) }
                : [new Measurement<int>(Volatile.Read(ref _used), pool, used)],
            "{connection}",
            "Connections of a pool, by state.");
        meter.CreateObservableUpDownCounter(
            "db.client.connection.max", () => new Measurement<int>(MaxSize, pool), "{connection}", "How many connections a pool may hold.");
        meter.CreateObservableUpDownCounter(
            "db.client.connection.pending_requests",
            () => new Measurement<int>(Volatile.Read(ref _waiting), pool),
            "{request}",
            "Requests that wait for a connection of a pool.");
    }

    private void Release()
    {
        Interlocked.Decrement(ref _used);
        _gate.Release();
    }

    /// <summary>One connection, taken from the pool.</summary>
    internal sealed class Lease(MySqlCatalogPool pool, DbConnection connection) : IAsyncDisposable
    {
        public DbConnection Connection => connection;

        public async ValueTask DisposeAsync()
        {
            try
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                pool.Release();
            }
        }
    }
}
