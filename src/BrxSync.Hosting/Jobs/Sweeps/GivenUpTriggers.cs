using BrxSync.Sync.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace BrxSync.Hosting.Jobs.Sweeps;

/// <summary>
/// Puts back what the scheduler has set aside in the shared store because it could not fire it. As long as it is there, a request for
/// the same work counts as waiting already.
/// </summary>
internal sealed class GivenUpTriggers(
    [FromKeyedServices(JobKinds.Scheduler)] ISchedulerFactory schedulers, ISchedulerDatabase? shared = null)
{
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        if (shared is null)
        {
            return;
        }

        var scheduler = await schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
        var ours = new JobType(typeof(AccountJob)).FullName;
        foreach (var (name, group) in await shared.ListGivenUpAsync(scheduler.SchedulerName, ours, cancellationToken).ConfigureAwait(false))
        {
            await scheduler.ResetTriggerFromErrorState(new TriggerKey(name, group), cancellationToken).ConfigureAwait(false);
        }
    }
}
