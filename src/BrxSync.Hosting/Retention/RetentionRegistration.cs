using BrxSync.Hosting.Jobs;
using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartz;

namespace BrxSync.Hosting.Retention;

/// <summary>Schedules what removes history, beside the jobs of accounts.</summary>
internal static class RetentionRegistration
{
    /// <summary>A process that was just started has better things to do first.</summary>
    private static readonly TimeSpan FirstRunAfter = TimeSpan.FromMinutes(5);

    public static IServiceCollection AddRetentionJob(this IServiceCollection services)
    {
        services.AddQuartz(JobsRegistration.SchedulerName, quartz => quartz.ScheduleJob<RetentionJob>((provider, trigger) =>
        {
            var interval = provider.GetRequiredService<IOptions<RetentionOptions>>().Value.Interval;
            var time = provider.GetRequiredKeyedService<TimeProvider>(JobsRegistration.SchedulerName);
            trigger
                .WithIdentity("retention", "system")
                .StartAt(time.GetUtcNow() + (interval < FirstRunAfter ? interval : FirstRunAfter))
                .WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever());
        }));
        return services;
    }
}
