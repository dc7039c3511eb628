using BrxSync.Hosting.Startup;
using BrxSync.Sync.Abstractions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BrxSync.Hosting.Health;

/// <summary>Asks the store for one row by its key; a store that cannot answer makes the service unready.</summary>
internal sealed class StoreHealthCheck(
    IOperationStore operations, IStoreFaults faults, HostStart start, TimeProvider time, IStoreCondition? condition = null) : IHealthCheck
{
    public const string Name = "brxsync-store";

    private static readonly IReadOnlyDictionary<string, object> NothingMore = new Dictionary<string, object>(StringComparer.Ordinal);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var began = time.GetTimestamp();
        try
        {
            await operations.FindAsync("health", cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy("ok", Data(began));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return start.IsUnderWay
                ? HealthCheckResult.Unhealthy(HealthWords.Starting, data: Data(began))
                : HealthCheckResult.Unhealthy(faults.Describe(exception), exception, Data(began));
        }
    }

    private Dictionary<string, object> Data(long began)
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["latency_ms"] = (long)time.GetElapsedTime(began).TotalMilliseconds,
        };
        foreach (var (name, value) in condition?.Describe() ?? NothingMore)
        {
            data[name] = value;
        }

        return data;
    }
}
