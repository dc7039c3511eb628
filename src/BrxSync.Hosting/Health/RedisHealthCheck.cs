using System.Globalization;
using BrxSync.Sync.Adapters.Redis;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BrxSync.Hosting.Health;

/// <summary>
/// Asks Redis whether it is there. Without it each process keeps to its share of the limits, so that its loss only degrades the service.
/// </summary>
internal sealed class RedisHealthCheck(RedisHealth redis, TimeProvider time) : IHealthCheck
{
    public const string Name = "brxsync-redis";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (latency, fault) = await redis.CheckAsync(Limit, time, cancellationToken).ConfigureAwait(false);
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["tokens_alone"] = redis.TokensAlone, ["failed_calls"] = redis.Failures,
        };
        if (latency is { } took)
        {
            data["latency_ms"] = Math.Round(took.TotalMilliseconds, 1);
            return HealthCheckResult.Healthy("ok", data);
        }

        return new HealthCheckResult(
            context.Registration.FailureStatus,
            string.Create(CultureInfo.InvariantCulture, $"Redis does not answer ({fault}): this process keeps to its share of the limits."),
            data: data);
    }
}
