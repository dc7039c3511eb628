using BrxSync.Sync;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace BrxSync.Hosting.Tests.Jobs;

/// <summary>The removal of history is scheduled beside the jobs of accounts.</summary>
public sealed class RetentionJobTests : IAsyncLifetime
{
    private static readonly TriggerKey Key = new("retention", "system");

    private JobsHost _jobs = null!;

    public async Task InitializeAsync() => _jobs = await JobsHost.CreateAsync();

    public async Task DisposeAsync() => await _jobs.DisposeAsync();

    [Fact]
    public async Task Trigger_Host_ComesSomeMinutesAfterTheStartAndEveryHour()
    {
        var host = await _jobs.StartAsync((Action<IServiceCollection>)(_ => { }));
        var scheduler = await host.Services.GetRequiredKeyedService<ISchedulerFactory>("brxsync").GetScheduler();

        var trigger = (await scheduler.GetTrigger(Key)).ShouldBeAssignableTo<ISimpleTrigger>().ShouldNotBeNull();

        trigger.RepeatInterval.ShouldBe(TimeSpan.FromHours(1));
        trigger.StartTimeUtc.ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(1));
    }

    [Fact]
    public async Task Execute_Fails_IsLeftToTheNextRun()
    {
        var retention = new FailingOnce();
        var host = await _jobs.StartAsync(services => services.Replace(ServiceDescriptor.Singleton<IRetention>(retention)));
        var scheduler = await host.Services.GetRequiredKeyedService<ISchedulerFactory>("brxsync").GetScheduler();
        var job = (await scheduler.GetTrigger(Key))!.JobKey;

        await scheduler.TriggerJob(job);
        await retention.Failed.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await scheduler.TriggerJob(job);

        await retention.Done.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private sealed class FailingOnce : IRetention
    {
        public TaskCompletionSource Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<RetentionResult> RunAsync(CancellationToken cancellationToken = default)
        {
            if (Failed.TrySetResult())
            {
                throw new InvalidOperationException("The store is away.");
            }

            Done.TrySetResult();
            return Task.FromResult(new RetentionResult());
        }
    }
}
