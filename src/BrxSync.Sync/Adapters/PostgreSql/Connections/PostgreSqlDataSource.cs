using System.Data;
using System.Data.Common;
using System.Diagnostics;
using BrxSync.Sync.Adapters.Sql.Access;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>Opens every connection of the store, from one pool: its sessions inherit no setting, and what is handed out is alive.</summary>
/// <param name="connection">Where it leads to, with its limits.</param>
/// <param name="role">What it is for.</param>
/// <param name="loggers">Who hears the driver.</param>
internal sealed class PostgreSqlDataSource(NpgsqlConnectionStringBuilder connection, PoolRole role, ILoggerFactory loggers) : DbDataSource
{
    /// <summary>How long a pooled connection may take to show that it lives. A firewall that dropped it in silence never answers.</summary>
    private const int ProofSeconds = 5;

    private const string SharedSessions =
        "A connection pooler in front of the database gives a session for one transaction only; syncs and migrations hold locks and "
        + "temporary tables over several. Set BrxSync:PostgreSql:SessionConnectionString to a way past it: the server itself, or a pooler "
        + "with pool_mode = session.";

    private readonly Lock _gate = new();
    private Task<NpgsqlDataSource>? _building;
    private NpgsqlDataSource? _pool;
    private NpgsqlDataSource? _owner;
    private NpgsqlMultiHostDataSource? _hosts;
    private Pooler _pooler;
    private int _waiting;

    /// <summary>Gets what it is for.</summary>
    public PoolRole Role => role;

    /// <summary>Gets how many wait for a connection.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Where it leads to; never with the password.</summary>
    public override string ConnectionString { get; } =
        new NpgsqlConnectionStringBuilder(connection.ConnectionString) { Password = null }.ConnectionString;

    /// <summary>Gets whether the connection string says in which schema the tables are; otherwise it is the server's own default.</summary>
    public bool NamesSchema { get; } = SessionSettings.NamesSchema(connection);

    /// <summary>Gets whether a session is ours for one transaction only; known once a connection was opened.</summary>
    public bool SharesSessions => _pooler == Pooler.OfTransactions;

    /// <summary>Opens a connection that has just answered. Its reset, put off by the pool until now, travels with the question.</summary>
    public async ValueTask<NpgsqlConnection> OpenNpgsqlAsync(CancellationToken cancellationToken)
    {
        var taken = await TakeAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await IsAliveAsync(taken, cancellationToken).ConfigureAwait(false)
                ? taken
                : await ReplaceAsync(taken, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await taken.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Tells what stands between this pool and the server.</summary>
    public async Task<Pooler> FindPoolerAsync(CancellationToken cancellationToken)
    {
        await BuildOnceAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return _pooler;
    }

    /// <summary>
    /// Takes a connection as the pool has it, without a round trip: for whoever begins with statements that can be repeated on the
    /// connection of <see cref="ReplaceAsync"/>.
    /// </summary>
    public async ValueTask<NpgsqlConnection> TakeAsync(CancellationToken cancellationToken)
    {
        var pool = _pool ?? await BuildOnceAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return await ConnectAsync(pool, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Opens a new connection in the place of one that was found dead. Those that were idle beside it go too: they died of the same.
    /// </summary>
    public async ValueTask<NpgsqlConnection> ReplaceAsync(NpgsqlConnection dead, CancellationToken cancellationToken)
    {
        await dead.DisposeAsync().ConfigureAwait(false);
        _pool?.Clear();
        _hosts?.ClearDatabaseStates();
        return await TakeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells whether a connection failed because it was dead before the server read the statement, or died with it.</summary>
    public static bool IsDead(NpgsqlConnection connection, Exception exception) =>
        connection.State != ConnectionState.Open && exception is NpgsqlException and not { InnerException: TimeoutException };

    protected override DbConnection CreateDbConnection() => throw new NotSupportedException("Connections are opened here, not made.");

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default) =>
        await OpenNpgsqlAsync(cancellationToken).ConfigureAwait(false);

    protected override async ValueTask DisposeAsyncCore()
    {
        if (_owner is { } owner)
        {
            await owner.DisposeAsync().ConfigureAwait(false);
        }

        await base.DisposeAsyncCore().ConfigureAwait(false);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _owner?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Of several hosts one that is a standby by now is as good as dead, for who wants the primary.</summary>
    private async ValueTask<bool> IsAliveAsync(NpgsqlConnection taken, CancellationToken cancellationToken)
    {
        var wantsPrimary = _hosts is not null && role.Target == TargetSessionAttributes.Primary;
        var question = wantsPrimary ? "select case when pg_is_in_recovery() then 0 else 1 end" : "select 1";
        try
        {
            var answer = await taken.FindNumberAsync(new Statement(question, TimeoutSeconds: ProofSeconds), cancellationToken)
                .ConfigureAwait(false);
            if (answer == 0)
            {
                return false;
            }
        }
        catch (NpgsqlException)
        {
            // One that is slow, or whose question somebody cancelled, lives.
        }

        return taken.State == ConnectionState.Open;
    }

    /// <summary>Those who come while it is being built wait for the same; after a failure the next one tries again.</summary>
    private Task<NpgsqlDataSource> BuildOnceAsync()
    {
        lock (_gate)
        {
            return _building is { IsFaulted: false } ? _building : _building = BuildAsync();
        }
    }

    /// <summary>
    /// Asks the server which version it is, once, since it refuses a session that sets what it does not know; and whether it is behind a
    /// pooler, since sessions that are not ours alone hold no lock.
    /// </summary>
    private async Task<NpgsqlDataSource> BuildAsync()
    {
        var (probe, target) = Build(serverVersion: 0);
        await using (probe.ConfigureAwait(false))
        {
            var first = await ConnectAsync(target, CancellationToken.None).ConfigureAwait(false);
            await using (first.ConfigureAwait(false))
            {
                _pooler = await PoolerDetection.FindAsync(
                    first, () => ConnectAsync(target, CancellationToken.None).AsTask()).ConfigureAwait(false);
                if (_pooler == Pooler.OfTransactions && role.HoldsSessions)
                {
                    throw new UnsuitableDatabaseException(SharedSessions);
                }

                (_owner, _pool) = Build(first.PostgreSqlVersion.Major);
                _hosts = _owner as NpgsqlMultiHostDataSource;
                return _pool;
            }
        }
    }

    /// <summary>Gives what is to be disposed of, and what opens connections to the servers of this role.</summary>
    private (NpgsqlDataSource Owner, NpgsqlDataSource Pool) Build(int serverVersion)
    {
        var complete = new NpgsqlConnectionStringBuilder(connection.ConnectionString);
        var inspection = new SessionInspection(SessionSettings.Apply(complete, serverVersion));
        if (_pooler == Pooler.OfTransactions)
        {
            // The session that would be reset, or that knows a prepared statement, is somebody else's by then.
            (complete.NoResetOnClose, complete.MaxAutoPrepare) = (true, 0);
        }

        var builder = new NpgsqlDataSourceBuilder(complete.ConnectionString) { Name = role.Name };
        builder.UseLoggerFactory(loggers);

        // What looks for work, again and again, is not worth a trace of its own.
        builder.ConfigureTracing(tracing => tracing
            .EnablePhysicalOpenTracing(false)
            .ConfigureCommandFilter(_ => Activity.Current is not null)
            .ConfigureBatchFilter(_ => Activity.Current is not null)
            .ConfigureCopyOperationFilter(_ => Activity.Current is not null));
        builder.UsePhysicalConnectionInitializer(
            _ => throw new NotSupportedException("Connections are opened asynchronously."), inspection.InspectAsync);
        if (role.Target == TargetSessionAttributes.Primary && !connection.Host!.Contains(',', StringComparison.Ordinal))
        {
            var pool = builder.Build();
            return (pool, pool);
        }

        var hosts = builder.BuildMultiHost();
        return (hosts, hosts.WithTargetSession(role.Target));
    }

    private async ValueTask<NpgsqlConnection> ConnectAsync(NpgsqlDataSource pool, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            try
            {
                return await pool.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException) when (_hosts is not null && !cancellationToken.IsCancellationRequested)
            {
                // What the hosts were a moment ago may have changed: another one may be the primary by now.
                _hosts.ClearDatabaseStates();
                return await pool.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.ProtocolViolation && IsAboutStart(exception))
        {
            throw new UnsuitableDatabaseException(
                "A connection pooler in front of the database refuses what our sessions start with. Connect to the server itself, or let "
                + "PgBouncer pass over it (ignore_startup_parameters = options, and search_path where the connection string has one).",
                exception);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static bool IsAboutStart(PostgresException exception) =>
        exception.MessageText.Contains("startup parameter", StringComparison.Ordinal);
}
