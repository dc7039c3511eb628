using BrxSync.Hosting.Configuration;
using BrxSync.Hosting.Diagnostics;
using BrxSync.Hosting.Figures;
using BrxSync.Hosting.Jobs;
using BrxSync.Hosting.Jobs.Handlers;
using BrxSync.Hosting.Jobs.Scheduling;
using BrxSync.Hosting.Jobs.Sweeps;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Reconciliation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Quartz;

namespace BrxSync.Hosting.DependencyInjection;

/// <summary>Registers the scheduler, a named one of our own beside whatever the host schedules, and the handlers of its jobs.</summary>
internal static class JobsRegistration
{
    /// <summary>Registers them.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="schedule">What else is to be scheduled.</param>
    public static IServiceCollection AddJobs(this IServiceCollection services, Action<IQuartzBuilder> schedule)
    {
        services.TryAddSingleton<JobTelemetry>();
        services.TryAddSingleton<JobLog>();
        services.TryAddSingleton<QueueDepths>();
        services.TryAddSingleton<JobQueue>();
        services.TryAddSingleton<JobExecution>();
        services.TryAddSingleton<JobRetries>();
        services.TryAddSingleton<Sweep>();
        services.TryAddSingleton<GivenUpTriggers>();
        services.TryAddSingleton<StoreFigures>();
        services.TryAddSingleton(provider => WorkPlan.From(
            provider.GetRequiredService<IOptions<JobsOptions>>().Value,
            provider.GetRequiredService<IOptions<ReconciliationOptions>>().Value));
        services.TryAddEnumerable(
        [
            ServiceDescriptor.Singleton<IJobHandler, SyncJobHandler>(),
            ServiceDescriptor.Singleton<IJobHandler, RereadJobHandler>(),
            ServiceDescriptor.Singleton<IJobHandler, PushJobHandler>(),
            ServiceDescriptor.Singleton<IJobHandler, OrdersJobHandler>(),
            ServiceDescriptor.Singleton<IJobHandler, ReconcileJobHandler>(),
            ServiceDescriptor.Singleton<IJobHandler, FeedJobHandler>(),
        ]);

        // The scheduler takes this clock, under its name, before the container's: triggers are times of day, and must not wait for hours
        // when somebody sets the host's clock back, nor come all at once when it is set forward.
        services.TryAddSingleton(provider => new SchedulerClock(
            provider.GetRequiredService<TimeProvider>(), provider.GetService<ISchedulerDatabase>()));
        services.TryAddKeyedSingleton<TimeProvider>(JobKinds.Scheduler, (provider, _) => provider.GetRequiredService<SchedulerClock>());
        services.AddSingleton<HostEnd>();
        services.AddSingleton<Func<StoreFigures>>(provider => provider.GetRequiredService<StoreFigures>);
        services.AddSingleton<FiguresLog>();
        services.AddSingleton<FiguresRefresh>();
        services.AddHostedService(provider => provider.GetRequiredService<FiguresRefresh>());
        var isShared = services.Any(service => service.ServiceType == typeof(ISchedulerDatabase));
        services.AddQuartz(JobKinds.Scheduler, quartz =>
        {
            quartz.ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always);
            quartz.UseDefaultThreadPool(_ => { });
            quartz.UseExecutionLimits((provider, limits) =>
            {
                var jobs = provider.GetRequiredService<IOptions<JobsOptions>>().Value;
                var scope = jobs.LimitScope == JobLimitScope.Database ? ExecutionLimitScope.Cluster : ExecutionLimitScope.Node;
                limits.ForGroup(JobKinds.HighPriority, jobs.HighPriorityLimit, scope);
                limits.ForGroup(JobKinds.Default, jobs.DefaultLimit, scope);
                limits.ForGroup(JobKinds.BulkSync, jobs.BulkSyncLimit, scope);
            });
            if (isShared)
            {
                SharedJobStore.Use(quartz);
            }
            else
            {
                // What triggers stand for is in the database, so that a restart loses none of it.
                quartz.UseInMemoryStore(_ => { });
            }

            quartz.ScheduleJob<SweepJob>(
                (provider, trigger) => trigger
                    .WithIdentity("sweep", "system")
                    .StartAt(provider.GetRequiredService<SchedulerClock>().GetUtcNow())
                    .WithSimpleSchedule(schedule => schedule
                        .WithInterval(provider.GetRequiredService<IOptions<JobsOptions>>().Value.SweepInterval)
                        .RepeatForever()),
                (_, job) => job.WithIdentity("sweep", "system"));
            schedule(quartz);
        });
        services.AddOptions<ThreadPoolOptions>(JobKinds.Scheduler)
            .Configure<IOptions<JobsOptions>>((pool, jobs) => pool.MaxConcurrency = Places(jobs.ValueOrDefaults()));
        services.AddOptions<InMemoryJobStoreOptions>(JobKinds.Scheduler)
            .Configure<IOptions<JobsOptions>>((store, jobs) => store.MisfireThreshold = jobs.ValueOrDefaults().MisfireThreshold);

        // The schema is up to date before any service starts, so jobs need not wait: a host that has started is ready, and says so.
        services.AddQuartzHostedService(
            JobKinds.Scheduler, hosting => (hosting.WaitForJobsToComplete, hosting.AwaitApplicationStarted) = (true, false));
        services.AddOptions<QuartzHostedServiceOptions>(JobKinds.Scheduler)
            .Configure<IOptions<JobsOptions>>((hosting, jobs) => hosting.AutoStart = jobs.ValueOrDefaults().Enabled);

        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>>(
            provider => new SchedulerLogFilter(services, provider.GetRequiredService<HostEnd>()));

        services.AddSingleton<WorkSignal>();
        services.Replace(ServiceDescriptor.Singleton<IWorkSignal>(provider => provider.GetRequiredService<WorkSignal>()));
        services.AddHostedService(provider => provider.GetRequiredService<WorkSignal>());
        services.AddHealthChecks().AddCheck<SchedulerHealthCheck>(SchedulerHealthCheck.Name, tags: ["ready"]);
        return services;
    }

    /// <summary>
    /// One thread for each place of each queue, one for the sweep and one for the removal of history, so that no queue can take another's.
    /// </summary>
    private static int Places(JobsOptions jobs) => jobs.HighPriorityLimit + jobs.DefaultLimit + jobs.BulkSyncLimit + 2;
}
