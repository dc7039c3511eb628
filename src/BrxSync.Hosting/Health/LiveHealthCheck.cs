using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BrxSync.Hosting.Health;

/// <summary>Tells that the process answers. It touches nothing: a process is not ended because a server is gone.</summary>
internal sealed class LiveHealthCheck : IHealthCheck
{
    public const string Name = "brxsync-live";

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(HealthCheckResult.Healthy("alive"));
}
