using BrxSync.Client.RateLimiting;
using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>
/// The limits of one token as they are kept in Redis: one script for each thing that is done. Times are ticks, but in the scripts.
/// </summary>
internal sealed class TokenStore(RedisLimiterSettings settings, string key)
{
    // The first connection of a process: later ones heal by themselves and are not waited for.
    private static readonly TimeSpan ConnectingLimit = TimeSpan.FromSeconds(2);

    // All in one slot of a cluster.
    private readonly RedisKey[] _keys =
    [
        .. new[] { "state", "waiting", "general", "marketplace", "jobs" }
            .Select(name => (RedisKey)$"{settings.KeyPrefix}:limiter:{{{key}}}:{name}"),
    ];

    /// <summary>Asks for one lease for one of the lanes.</summary>
    public async Task<AcquireAnswer> AcquireAsync(string lease, string state, IEnumerable<(int Lane, bool More)> lanes)
    {
        var result = (RedisResult[])(await RunAsync(
            RedisScript.Acquire,
            [lease, settings.Process, state, .. lanes.SelectMany(lane => new RedisValue[] { lane.Lane, lane.More })])
            .ConfigureAwait(false))!;
        return new AcquireAnswer(
            (int)result[0], (long)result[1] < 0 ? null : Ticks(result[1]), (long)result[2], (string)result[3]!, Ticks(result[4]));
    }

    /// <summary>Hands a lease back.</summary>
    /// <returns>The state's name.</returns>
    public async Task<string> CompleteAsync(OwnLease lease) => (string)(await RunAsync(
        RedisScript.Complete,
        [
            lease.Id, settings.Process,
            lease.Outcome.Kind switch
            {
                RateLimitOutcomeKind.NotSent => "unsent",
                RateLimitOutcomeKind.Refused => "refused",
                RateLimitOutcomeKind.Lost => "lost",
                _ => "answered",
            },
            (int)lease.Bucket, (int)lease.Outcome.RefusedBy, lease.GrantedAt,
        ]).ConfigureAwait(false))!;

    /// <summary>Tells which leases this process holds.</summary>
    /// <param name="settle">For how long all processes are to keep to their shares.</param>
    /// <param name="leases">What <see cref="Describe"/> says of them.</param>
    /// <returns>The state's name, and for how long processes keep to their shares.</returns>
    public async Task<(string State, long Opening)> JoinAsync(TimeSpan settle, RedisValue[] leases)
    {
        var result = (RedisResult[])(await RunAsync(
            RedisScript.Join, [settings.Process, settle.Ticks / TimeSpan.TicksPerMicrosecond, .. leases]).ConfigureAwait(false))!;
        return ((string)result[0]!, Ticks(result[1]));
    }

    /// <summary>Says what <see cref="JoinAsync"/> is to tell of leases.</summary>
    public static RedisValue[] Describe(IEnumerable<OwnLease> leases, long now) =>
    [
        .. leases.SelectMany(lease => new RedisValue[]
        {
            lease.Id, (int)lease.Bucket, lease.IsUnsent ? "unsent" : lease.IsOut ? "out" : "done",
            (now - lease.Since) / TimeSpan.TicksPerMicrosecond,
        }),
    ];

    /// <summary>Reads the state of the limits.</summary>
    public async Task<RateLimitBucketState[]> ReadAsync(DateTimeOffset utcNow)
    {
        var values = (RedisValue[])(await RunAsync(RedisScript.State, []).ConfigureAwait(false))!;
        return [.. values.Chunk(6).Select(limit => new RateLimitBucketState
        {
            Slots = (int)limit[0],
            SlotsFree = Math.Max(0, (int)limit[0] - (int)limit[1]),
            SpeedFactor = (double)limit[2],
            FrozenUntil = (long)limit[3] > 0 ? utcNow.AddMicroseconds((long)limit[3]) : null,
            UnexpectedRefusals = (long)limit[4],
            LastUnexpectedRefusal = (long)limit[4] > 0 ? DateTimeOffset.UnixEpoch.AddMicroseconds((long)limit[5]) : null,
        })];
    }

    private static long Ticks(RedisResult microseconds) => (long)microseconds * TimeSpan.TicksPerMicrosecond;

    private async Task<RedisResult> RunAsync(RedisScript script, RedisValue[] values)
    {
        var database = await settings.Connection.GetDatabaseAsync().WaitAsync(ConnectingLimit, settings.Time).ConfigureAwait(false);
        var began = settings.Time.GetTimestamp();
        var outcome = "error";
        try
        {
            // A host's own connection may keep commands for later: nobody would wait for them.
            if (!database.IsConnected(_keys[0], CommandFlags.DemandMaster))
            {
                throw new RedisConnectionException(ConnectionFailureType.UnableToConnect, CommandFlags.None, "Redis is not connected.");
            }

            var running = script.RunAsync(database, _keys, [settings.Clock(), .. settings.Limits, .. values]);

            // Seen: nobody asks for what comes too late.
            _ = running.ContinueWith(
                static late => late.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            var result = await running.WaitAsync(settings.Timeout, settings.Time).ConfigureAwait(false);
            outcome = "ok";
            return result;
        }
        catch (TimeoutException)
        {
            outcome = "timeout";
            throw;
        }
        finally
        {
            settings.Metrics.RecordOperation(script.Name, outcome, settings.Time.GetElapsedTime(began));
        }
    }
}
