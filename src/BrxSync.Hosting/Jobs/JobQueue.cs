using System.Collections.Concurrent;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Scheduling;
using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace BrxSync.Hosting.Jobs;

/// <summary>
/// Puts work into the scheduler: one waiting job per kind and account at most, over all processes that share a database. A request for
/// one that runs makes it run once more. The scheduler decides both under its lock.
/// </summary>
internal sealed class JobQueue
{
    private readonly ConcurrentDictionary<JobKey, bool> _known = new();
    private readonly ISchedulerFactory _schedulers;
    private readonly QueueDepths _depths;
    private readonly TimeProvider _time;
    private readonly ISchedulerDatabase? _shared;

    public JobQueue(
        [FromKeyedServices(JobKinds.Scheduler)] ISchedulerFactory schedulers,
        QueueDepths depths,
        [FromKeyedServices(JobKinds.Scheduler)] TimeProvider time,
        ISchedulerDatabase? shared = null) =>
        (_schedulers, _depths, _time, _shared) = (schedulers, depths, time, shared);

    /// <summary>Makes sure that the work is done once from now on.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="kind">The kind of work.</param>
    /// <param name="asked">Whether somebody or something asked for it; otherwise the clock did.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <param name="traceParent">The trace of whoever asked for it, which the job goes on with; null for none.</param>
    public async Task EnqueueAsync(
        AccountId accountId, WorkKind kind, bool asked, CancellationToken cancellationToken, string? traceParent = null)
    {
        var scheduler = await _schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
        var key = JobKinds.KeyOf(accountId, kind);

        // A sync that a person starts does not stand behind one that the clock started, nor wait to be tried again.
        var conflict = asked && kind == WorkKind.Sync ? TriggerConflict.KeepEarlier : TriggerConflict.Keep;
        if (conflict == TriggerConflict.Keep && _shared is not null
            && await _shared.IsWaitingAsync(JobKinds.Scheduler, key.Name, key.Group, cancellationToken).ConfigureAwait(false))
        {
            // Asked without the lock that all processes wait for: what waits now starts later, and sees what was done before.
            return;
        }

        await EnsureJobAsync(scheduler, key, cancellationToken).ConfigureAwait(false);

        // Counted before it is stored: it may start at once, and leaves the count then.
        _depths.Waits(accountId, kind);
        var now = _time.GetUtcNow();
        var trigger = Build(key, kind, asked ? now - JobKinds.HeadStart : now, asked ? JobKinds.Asked : JobKinds.Periodic, traceParent);
        await ScheduleAsync(scheduler, trigger, conflict, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes sure that a job that failed is run again after a wait, unless it is asked for anyhow.</summary>
    public async Task RepeatAsync(
        AccountId accountId, WorkKind kind, Repetition repetition, TimeSpan wait, string? traceParent, CancellationToken cancellationToken)
    {
        var scheduler = await _schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
        var key = JobKinds.KeyOf(accountId, kind);
        await EnsureJobAsync(scheduler, key, cancellationToken).ConfigureAwait(false);
        var trigger = Build(key, kind, _time.GetUtcNow() + wait, JobKinds.Periodic, traceParent, repetition);
        await ScheduleAsync(scheduler, trigger, TriggerConflict.Keep, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Does the same for what the clock starts, in one step where processes share their jobs.</summary>
    public async Task EnqueueAsync(IReadOnlyList<(AccountId Account, WorkKind Kind)> work, CancellationToken cancellationToken)
    {
        if (_shared is null)
        {
            foreach (var (account, kind) in work)
            {
                await EnqueueAsync(account, kind, asked: false, cancellationToken).ConfigureAwait(false);
            }
        }
        else if (work.Count > 0)
        {
            var triggers = new NewTriggers
            {
                Scheduler = JobKinds.Scheduler,
                JobClass = new JobType(typeof(AccountJob)).FullName,
                Priority = JobKinds.Periodic,
                At = _time.GetUtcNow(),
                All =
                [
                    .. work.Select(
                        job => new NewTrigger(job.Account.ToString(), JobKinds.NameOf(job.Kind), JobKinds.QueueOf(job.Kind))),
                ],
            };
            await _shared.StoreAsync(triggers, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a job that starts out of the count.</summary>
    public void Started(AccountId accountId, WorkKind kind) => _depths.Started(accountId, kind);

    /// <summary>What is done about failures is decided by <see cref="JobRetries"/>, so no trigger has a policy of its own.</summary>
    private ITrigger Build(
        JobKey key, WorkKind kind, DateTimeOffset at, int priority, string? traceParent, Repetition? repetition = null)
    {
        var data = new JobDataMap();
        if (traceParent is not null)
        {
            data[JobKinds.TraceParent] = traceParent;
        }

        repetition?.WriteTo(data);
        return TriggerBuilder.Create(_time)
            .WithIdentity(key.Name, key.Group)
            .ForJob(key)
            .StartAt(at)
            .WithSimpleSchedule(schedule => schedule.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
            .WithExecutionGroup(JobKinds.QueueOf(kind))
            .WithPriority(priority)
            .UsingJobData(data)
            .Build();
    }

    private async Task ScheduleAsync(IScheduler scheduler, ITrigger trigger, TriggerConflict conflict, CancellationToken cancellationToken)
    {
        try
        {
            await scheduler.ScheduleTrigger(trigger, conflict, cancellationToken).ConfigureAwait(false);
        }
        catch (JobPersistenceException) when (_known.TryRemove(trigger.JobKey, out _))
        {
            // Somebody may have removed the job that is known here.
            await EnsureJobAsync(scheduler, trigger.JobKey, cancellationToken).ConfigureAwait(false);
            await scheduler.ScheduleTrigger(trigger, conflict, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task EnsureJobAsync(IScheduler scheduler, JobKey key, CancellationToken cancellationToken)
    {
        if (_known.ContainsKey(key))
        {
            return;
        }

        if (!await scheduler.Exists(key, cancellationToken).ConfigureAwait(false))
        {
            var job = JobBuilder.Create<AccountJob>().WithIdentity(key).StoreDurably().RequestRecovery().Build();
            await scheduler.AddJob(job, AddJobOptions.Replacing, cancellationToken).ConfigureAwait(false);
        }

        _known.TryAdd(key, true);
    }
}
