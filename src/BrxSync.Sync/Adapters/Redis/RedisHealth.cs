using StackExchange.Redis;

namespace BrxSync.Sync.Adapters.Redis;

/// <summary>Asks Redis whether it is there.</summary>
internal sealed class RedisHealth(RedisConnection connection, RedisAvailability availability)
{
    /// <summary>Gets how many tokens are sent within this process's share.</summary>
    public int TokensAlone => availability.TokensAlone;

    /// <summary>Gets how many calls failed since the process started.</summary>
    public long Failures => availability.Failures;

    /// <summary>Asks.</summary>
    /// <returns>How long the answer took, or null and why there is none.</returns>
    public async Task<(TimeSpan? Latency, string Fault)> CheckAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var ping = PingAsync();
            _ = ping.ContinueWith(
                static late => late.Exception, CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return (await ping.WaitAsync(limit, time, cancellationToken).ConfigureAwait(false), "");
        }
        catch (Exception exception) when (exception is not OperationCanceledException && RedisFault.Is(exception))
        {
            return (null, RedisFault.Describe(exception));
        }
    }

    private async Task<TimeSpan> PingAsync() =>
        await (await connection.GetDatabaseAsync().ConfigureAwait(false)).PingAsync(CommandFlags.DemandMaster).ConfigureAwait(false);
}
