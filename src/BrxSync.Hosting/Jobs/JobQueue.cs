using System.Collections.Concurrent;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions.Records;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartz;

namespace BrxSync.Hosting.Jobs;

/// <summary>
/// Puts work into the scheduler: one waiting job per kind and account at most. A request for one that runs makes it run once more.
/// </summary>
internal sealed class JobQueue
{
    private readonly ConcurrentDictionary<(AccountId Account, WorkKind Kind), long> _waiting = new();
    private readonly ISchedulerFactory _schedulers;
    private readonly Lazy<RetryPolicy> _retries;
    private readonly TimeProvider _time;

    public JobQueue(
        [FromKeyedServices(JobsRegistration.SchedulerName)] ISchedulerFactory schedulers,
        IOptions<JobsOptions> options,
        JobTelemetry telemetry,
        [FromKeyedServices(JobsRegistration.SchedulerName)] TimeProvider time)
    {
        (_schedulers, _time) = (schedulers, time);

        // Scattered over the whole wait, so that jobs which failed together do not come back together. Read late: a queue is made before
        // the options are validated.
        _retries = new(
            () => RetryPolicy.Exponential(options.Value.RetryAttempts, options.Value.RetryDelay, 2, options.Value.RetryMaxDelay, 1));
        telemetry.Observe(Measure);
    }

    /// <summary>Makes sure that the work is done once from now on.</summary>
    public async Task EnqueueAsync(AccountId accountId, WorkKind kind, CancellationToken cancellationToken)
    {
        var scheduler = await _schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
        var key = JobKinds.KeyOf(accountId, kind);
        if (!await scheduler.Exists(key, cancellationToken).ConfigureAwait(false))
        {
            await scheduler.AddJob(
                JobBuilder.Create<AccountJob>().WithIdentity(key).StoreDurably().Build(), AddJobOptions.Replacing, cancellationToken)
                    .ConfigureAwait(false);
        }

        // Counted before it is stored: it may start at once, and leaves the count then.
        _waiting.TryAdd((accountId, kind), _time.GetTimestamp());
        var trigger = TriggerBuilder.Create(_time)
            .WithIdentity(key.Name, key.Group)
            .ForJob(key)
            .StartNow()
            .WithSimpleSchedule(schedule => schedule.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
            .WithExecutionGroup(JobKinds.QueueOf(kind))
            .WithPriority(JobKinds.PriorityOf(kind))
            .WithRetryPolicy(_retries.Value)
            .Build();
        await scheduler.ScheduleTrigger(trigger, TriggerConflict.Keep, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a job that starts out of the count.</summary>
    public void Started(AccountId accountId, WorkKind kind) => _waiting.TryRemove((accountId, kind), out _);

    /// <summary>Gives the number of waiting jobs of each queue, and the age of the oldest.</summary>
    public IEnumerable<(string Queue, int Depth, TimeSpan OldestAge)> Measure()
    {
        var waiting = _waiting.ToArray().ToLookup(job => JobKinds.QueueOf(job.Key.Kind), job => job.Value, StringComparer.Ordinal);
        return JobKinds.Queues.Select(
            queue => (queue, waiting[queue].Count(), waiting[queue].Any() ? _time.GetElapsedTime(waiting[queue].Min()) : TimeSpan.Zero));
    }
}
