using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Quartz;

namespace BrxSync.Hosting.Jobs.Scheduling;

/// <summary>Tells whether this process runs jobs. It can answer requests without, so the worst it says is degraded.</summary>
internal sealed class SchedulerHealthCheck(
    [FromKeyedServices(JobKinds.Scheduler)] ISchedulerFactory schedulers, IOptions<JobsOptions> options) : IHealthCheck
{
    public const string Name = "brxsync-scheduler";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!options.Value.Enabled)
        {
            return HealthCheckResult.Healthy("not used");
        }

        var scheduler = await schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
        return scheduler.Status == SchedulerStatus.Running
            ? HealthCheckResult.Healthy("ok")
            : HealthCheckResult.Degraded("The scheduler does not run.");
    }
}
