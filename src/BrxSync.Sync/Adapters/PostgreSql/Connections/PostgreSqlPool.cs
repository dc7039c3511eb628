using System.Diagnostics.Metrics;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>The process's pools of connections, one for each role. What a connection string sets itself wins over the settings.</summary>
internal sealed class PostgreSqlPool : IAsyncDisposable, IDisposable
{
    /// <summary>How long a host is believed to be what it was: a standby may be promoted, a server that was gone return.</summary>
    private const int HostRecheckSeconds = 2;

    private readonly List<PostgreSqlDataSource> _all;
    private readonly ReplicaDataSource? _replicas;
    private readonly TimeProvider _time;

    public PostgreSqlPool(PoolSettings settings, ILoggerFactory loggers, IMeterFactory meters, TimeProvider time)
    {
        var heard = settings.LogCommands ? loggers : new WarningLoggers(loggers);
        var main = Complete(settings.ConnectionString, settings.MaxPoolSize, settings);
        var hasSessions = !string.IsNullOrEmpty(settings.SessionConnectionString);
        DataSource = new PostgreSqlDataSource(main, hasSessions ? PoolRole.Transactions : PoolRole.Everything, heard);
        Sessions = DataSource;
        MaxSize = main.MaxPoolSize;

        // A run holds one connection and asks for others now and then: were all of a pool held by runs, none could go on.
        MaxRuns = Math.Max(1, MaxSize / 2);
        if (hasSessions)
        {
            var sessions = Complete(settings.SessionConnectionString!, settings.MaxSessionPoolSize, settings);
            Sessions = new PostgreSqlDataSource(sessions, PoolRole.Sessions, heard);
            MaxRuns = sessions.MaxPoolSize;
        }

        _all = hasSessions ? [DataSource, Sessions] : [DataSource];
        Primary = new Database(DataSource);
        Replicas = Primary;
        _time = time;
        var hasReplicas = !string.IsNullOrEmpty(settings.ReplicaConnectionString);
        if (hasReplicas || main.Host!.Contains(',', StringComparison.Ordinal))
        {
            var given = hasReplicas ? settings.ReplicaConnectionString! : settings.ConnectionString;
            var replicas = new PostgreSqlDataSource(Complete(given, settings.MaxPoolSize, settings), PoolRole.Replicas, heard);
            _all.Add(replicas);
            _replicas = new ReplicaDataSource(
                DataSource, replicas, settings.MaxReplicaLag, time, loggers.CreateLogger<ReplicaDataSource>());
            Replicas = new ReplicaDatabase(_replicas, Primary);
        }

        AddGauges(meters.Create(SyncDiagnostics.Name));
    }

    /// <summary>Opens what is over with its transaction.</summary>
    public PostgreSqlDataSource DataSource { get; }

    /// <summary>Opens what needs one session of the server until it is given back; the same pool, unless another was configured.</summary>
    public PostgreSqlDataSource Sessions { get; }

    /// <summary>Does what changes something, or must see what was just changed.</summary>
    public Database Primary { get; }

    /// <summary>Reads what may be a little old: from a standby where there is one.</summary>
    public Database Replicas { get; }

    /// <summary>Gets all pools.</summary>
    public IReadOnlyList<PostgreSqlDataSource> All => _all;

    /// <summary>Gets the lag of the standby that was measured last; null before the first, and without one.</summary>
    public ReplicaDataSource.Measured? LastLag => _replicas?.LastMeasured;

    /// <summary>How many connections <see cref="DataSource"/> may hold.</summary>
    public int MaxSize { get; }

    /// <summary>How many runs may hold a session at the same time.</summary>
    public int MaxRuns { get; }

    /// <summary>Tells how many connections this process may hold at the server itself; what a pooler holds there is its own.</summary>
    public async Task<int> CountAtServerAsync(CancellationToken cancellationToken)
    {
        var count = await AtServerAsync(DataSource, MaxSize).ConfigureAwait(false);
        return Sessions == DataSource ? count : count + await AtServerAsync(Sessions, MaxRuns).ConfigureAwait(false);

        async Task<int> AtServerAsync(PostgreSqlDataSource pool, int size) =>
            await pool.FindPoolerAsync(cancellationToken).ConfigureAwait(false) == Pooler.None ? size : 0;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _all)
        {
            await pool.DisposeAsync().ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        foreach (var pool in _all)
        {
            pool.Dispose();
        }
    }

    private static NpgsqlConnectionStringBuilder Complete(string connectionString, int maxSize, PoolSettings settings)
    {
        var given = new NpgsqlConnectionStringBuilder(connectionString);
        return new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = Sets("Maximum Pool Size") ? given.MaxPoolSize : maxSize,
            Timeout = Sets("Timeout") ? given.Timeout : settings.ConnectTimeoutSeconds,
            CommandTimeout = Sets("Command Timeout") ? given.CommandTimeout : settings.CommandTimeoutSeconds,
            ConnectionIdleLifetime = Sets("Connection Idle Lifetime") ? given.ConnectionIdleLifetime : settings.IdleLifetimeSeconds,
            ConnectionLifetime = Sets("Connection Lifetime") ? given.ConnectionLifetime : settings.ConnectionLifetimeSeconds,
            ApplicationName = given.ApplicationName ?? "BrxSync",
            TargetSessionAttributes = null,
            HostRecheckSeconds = Sets("Host Recheck Seconds") ? given.HostRecheckSeconds : HostRecheckSeconds,

            // The detail of an error holds the row that it is about, and errors are logged.
            IncludeErrorDetail = false,
        };

        bool Sets(string keyword) => given.ShouldSerialize(keyword);
    }

    /// <summary>The driver tells how many connections there are, under its own meter; under a name of its own, how many wait.</summary>
    private void AddGauges(Meter meter)
    {
        meter.CreateObservableUpDownCounter(
            "db.client.connection.pending_requests",
            () => _all.Select(pool => new Measurement<int>(
                pool.Waiting, new KeyValuePair<string, object?>("db.client.connection.pool.name", pool.Role.Name))),
            "{request}",
            "Requests that wait for a connection of a pool.");
        meter.CreateObservableGauge(
            "brx.replica.lag", MeasureLag, "s", "How old what the standby shows may be, at the last read of the last minute.");
    }

    private IEnumerable<Measurement<double>> MeasureLag() =>
        LastLag is { Lag: { } lag } last && _time.GetElapsedTime(last.At) < TimeSpan.FromMinutes(1)
            ? [new Measurement<double>(lag.TotalSeconds)]
            : [];
}
