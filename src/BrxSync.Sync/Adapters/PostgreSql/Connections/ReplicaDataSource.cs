using System.Data.Common;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BrxSync.Sync.Adapters.PostgreSql.Connections;

/// <summary>
/// Opens connections for reads that may be a little old: to a standby while it is there and recent enough, otherwise to the primary. Each
/// connection is asked how far its server is, which proves at the same time that it lives.
/// </summary>
/// <param name="primary">The pool of the primary.</param>
/// <param name="replicas">The pool that prefers a standby.</param>
/// <param name="maxLag">How old what is read may be.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where comings and goings are told.</param>
internal sealed partial class ReplicaDataSource(
    PostgreSqlDataSource primary, PostgreSqlDataSource replicas, TimeSpan maxLag, TimeProvider time, ILogger logger) : DbDataSource
{
    /// <summary>How long a standby may take to be connected and to answer before the primary is asked instead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>How long a server is left alone that was gone or too far behind.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Reads the primary's log position: all that was committed is before it. Nothing is locked.</summary>
    private const string AskPrimary = "select pg_wal_lsn_diff(pg_current_wal_flush_lsn(), '0/0')::bigint";

    /// <summary>
    /// Reads how far a standby is, and how long ago the primary committed what it replayed last; null from a primary, which a standby may
    /// have become.
    /// </summary>
    private const string AskStandby = """
        select case when pg_is_in_recovery() then pg_wal_lsn_diff(coalesce(pg_last_wal_replay_lsn(), '0/0'), '0/0')::bigint end as Replayed,
               (extract(epoch from clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000000)::bigint as Behind
        """;

    /// <summary>How long the primary's position is taken for its newest.</summary>
    private readonly TimeSpan _freshness = maxLag / 2 < TimeSpan.FromSeconds(1) ? maxLag / 2 : TimeSpan.FromSeconds(1);
    private readonly ReplicaLag _lag = new(time);
    private readonly SemaphoreSlim _asking = new(1, 1);
    private long _standbyLeftAt;
    private long _primaryLostAt;
    private volatile bool _isLeft;
    private Measured? _measured;

    /// <summary>Gets the lag that was measured last, and its age; null before the first.</summary>
    public Measured? LastMeasured => Volatile.Read(ref _measured);

    public override string ConnectionString => replicas.ConnectionString;

    /// <summary>Leaves the standby alone for a moment.</summary>
    public void Leave(string reason)
    {
        Interlocked.Exchange(ref _standbyLeftAt, time.GetTimestamp());
        if (!_isLeft)
        {
            _isLeft = true;
            Log.ReplicaLeft(logger, reason);
        }
    }

    protected override async ValueTask<DbConnection> OpenDbConnectionAsync(CancellationToken cancellationToken = default)
    {
        if (!IsResting(ref _standbyLeftAt) && await TryOpenStandbyAsync(cancellationToken).ConfigureAwait(false) is { } standby)
        {
            return standby;
        }

        return await primary.OpenNpgsqlAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override DbConnection CreateDbConnection() => throw new NotSupportedException("Connections are opened here, not made.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _asking.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool IsResting(ref long leftAt) => Interlocked.Read(ref leftAt) is var since && since != 0 && time.GetElapsedTime(since) < Rest;

    private async Task<NpgsqlConnection?> TryOpenStandbyAsync(CancellationToken cancellationToken)
    {
        await AskPrimaryAsync(cancellationToken).ConfigureAwait(false);
        using var limit = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        NpgsqlConnection? connection = null;
        try
        {
            connection = await replicas.TakeAsync(linked.Token).ConfigureAwait(false);
            var (replayed, behind) = await connection.FindAsync(
                new Statement(AskStandby),
                static row => (row.NumberOrNull("Replayed"), row.NumberOrNull("Behind")),
                linked.Token).ConfigureAwait(false);
            if (IsRecent(Measure(replayed, behind)))
            {
                return connection;
            }
        }
        catch (Exception exception) when (
            !cancellationToken.IsCancellationRequested && exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            Leave("the standby does not answer");
        }

        if (connection is not null)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return null;
    }

    /// <summary>
    /// The smaller of two bounds: the age of what was replayed last grows while the primary writes nothing, and the position tells little
    /// when nobody has read for a while.
    /// </summary>
    private TimeSpan? Measure(long? replayed, long? behind)
    {
        if (replayed is not { } position)
        {
            return TimeSpan.Zero;
        }

        var byPosition = _lag.Measure(position);
        var byTime = behind is { } microseconds ? TimeSpan.FromMicroseconds(Math.Max(0, microseconds)) : (TimeSpan?)null;
        return byPosition is null || byTime < byPosition ? byTime ?? byPosition : byPosition;
    }

    private bool IsRecent(TimeSpan? lag)
    {
        Volatile.Write(ref _measured, new Measured(lag, time.GetTimestamp()));

        // Without a primary there is nothing newer to be had.
        if (!(lag <= maxLag) && !IsResting(ref _primaryLostAt))
        {
            Leave($"the standby is more than {maxLag.TotalSeconds:0.#} seconds behind");
            return false;
        }

        if (_isLeft)
        {
            _isLeft = false;
            Log.ReplicaUsed(logger);
        }

        return true;
    }

    /// <summary>One asks, the others go on with what is known while that is recent enough to tell anything.</summary>
    private async Task AskPrimaryAsync(CancellationToken cancellationToken)
    {
        if (IsKnown() || !await _asking.WaitAsync(_lag.Age < maxLag ? TimeSpan.Zero : Patience, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            if (!IsKnown())
            {
                await AskPrimaryOnceAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _asking.Release();
        }

        bool IsKnown() => _lag.Age < _freshness || IsResting(ref _primaryLostAt);
    }

    private async Task AskPrimaryOnceAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var askedAt = time.GetTimestamp();
        try
        {
            var connection = await primary.OpenNpgsqlAsync(linked.Token).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var position = await connection.FindNumberAsync(new Statement(AskPrimary), linked.Token).ConfigureAwait(false);
                _lag.Note(askedAt, position ?? 0);
            }
        }
        catch (Exception exception) when (
            !cancellationToken.IsCancellationRequested && exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            // Whoever needs the primary will say so; the standby may still be read.
            Interlocked.Exchange(ref _primaryLostAt, time.GetTimestamp());
        }
    }

    /// <summary>How old what a standby shows may be, null when that is more than can be told; and when it was measured.</summary>
    internal sealed record Measured(TimeSpan? Lag, long At);

    private static partial class Log
    {
        [LoggerMessage(EventIds.ReplicaLeft, LogLevel.Warning, "Reads go to the primary: {Reason}")]
        public static partial void ReplicaLeft(ILogger logger, string reason);

        [LoggerMessage(EventIds.ReplicaUsed, LogLevel.Information, "Reads that may be a little old go to a standby again")]
        public static partial void ReplicaUsed(ILogger logger);
    }
}
