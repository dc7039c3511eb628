using BrxSync.Hosting.Configuration;
using BrxSync.Hosting.Jobs;
using BrxSync.Sync.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Quartz;

namespace BrxSync.Hosting.Retention;

/// <summary>Schedules what removes history, beside the jobs of accounts.</summary>
internal static class RetentionSchedule
{
    /// <summary>A process that was just started has better things to do first.</summary>
    private static readonly TimeSpan FirstRunAfter = TimeSpan.FromMinutes(5);

    public static void Add(IQuartzBuilder quartz) => quartz.ScheduleJob<RetentionJob>((provider, trigger) =>
    {
        var interval = provider.GetRequiredService<IOptions<RetentionOptions>>().ValueOrDefaults().Interval;
        var time = provider.GetRequiredKeyedService<TimeProvider>(JobKinds.Scheduler);
        trigger
            .WithIdentity("retention", "system")
            .StartAt(time.GetUtcNow() + (interval < FirstRunAfter ? interval : FirstRunAfter))
            .WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever());
    },
    (_, job) => job.WithIdentity("retention", "system"));
}
