using BrxSync.Hosting.Health;
using BrxSync.Hosting.Startup;
using BrxSync.Sync.Reconciliation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Quartz;

namespace BrxSync.Hosting.Jobs.Scheduling;

/// <summary>Tells whether this process runs jobs. It can answer requests without, so the worst it says is degraded.</summary>
internal sealed class SchedulerHealthCheck(
    [FromKeyedServices(JobKinds.Scheduler)] ISchedulerFactory schedulers,
    IOptions<JobsOptions> options,
    HostStart start,
    QueueDepths queues,
    SyncFreshness freshness) : IHealthCheck
{
    public const string Name = "brxsync-scheduler";

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (!options.Value.Enabled)
        {
            return HealthCheckResult.Healthy("not used");
        }

        return await IsRunningAsync(cancellationToken).ConfigureAwait(false)
            ? HealthCheckResult.Healthy("ok", Data())
            : HealthCheckResult.Degraded(start.IsUnderWay ? HealthWords.Starting : "The scheduler does not run.", data: Data());
    }

    /// <summary>One that was shut down cannot be had any more, which the factory tells by an exception.</summary>
    private async Task<bool> IsRunningAsync(CancellationToken cancellationToken)
    {
        try
        {
            var scheduler = await schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
            return scheduler.Status == SchedulerStatus.Running;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>What waits, and how long ago the account whose last success is oldest had it: as of the last look at the store.</summary>
    private Dictionary<string, object> Data()
    {
        var data = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var (queue, depth, oldestAge) in queues.Measure())
        {
            data[$"{queue}.depth"] = depth;
            data[$"{queue}.oldest_age_seconds"] = (long)oldestAge.TotalSeconds;
        }

        if (freshness.OldestSuccess is { } age)
        {
            data["last_success_age_seconds"] = (long)age.TotalSeconds;
        }

        return data;
    }
}
