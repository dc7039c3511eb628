using BrxSync.Sync.Abstractions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BrxSync.Hosting.Health;

/// <summary>Asks the store for one row by its key; a store that cannot answer makes the service unready.</summary>
internal sealed class StoreHealthCheck(IOperationStore operations, IStoreFaults faults) : IHealthCheck
{
    public const string Name = "brxsync-store";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await operations.FindAsync("health", cancellationToken).ConfigureAwait(false);
            return HealthCheckResult.Healthy("ok");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(faults.Describe(exception), exception);
        }
    }
}
