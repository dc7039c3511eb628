using BrxSync.Hosting.Jobs;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Testing;
using BrxSync.Testing.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace BrxSync.Hosting.Tests.Jobs;

/// <summary>Jobs go on as before when somebody, or a time server, sets the host's clock.</summary>
public sealed class WallClockTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private JobsHost _jobs = null!;

    public async Task InitializeAsync() => _jobs = await JobsHost.CreateAsync();

    public async Task DisposeAsync() => await _jobs.DisposeAsync();

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Sweep_WallClockStepped_GoesOnAtItsInterval(int hours)
    {
        var handler = new RecordingHandler(WorkKind.Reread) { IsHeld = false };
        var host = await _jobs.StartAsync(_time, null, handler);
        await WaitingRereadAsync(host);
        await PassAsync(TimeSpan.FromMinutes(2), () => handler.Runs >= 1);

        _time.StepWallClock(TimeSpan.FromHours(hours));

        var before = handler.Runs;
        await PassAsync(TimeSpan.FromMinutes(3), () => handler.Runs >= before + 3);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Raise_WallClockStepped_RunsAtOnce(int hours)
    {
        var handler = new RecordingHandler(WorkKind.Orders) { IsHeld = false };
        var host = await _jobs.StartAsync(_time, null, handler);
        Raise(host);
        await PassAsync(TimeSpan.FromSeconds(5), () => handler.Completed == 1);

        _time.StepWallClock(TimeSpan.FromHours(hours));
        Raise(host);

        await PassAsync(TimeSpan.FromSeconds(5), () => handler.Completed == 2);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Job_WallClockSteppedBeforeItsRepetition_IsRepeatedAfterItsWait(int hours)
    {
        var handler = new RecordingHandler(WorkKind.Orders) { Fault = run => run < 3 ? new IOException("away") : null };
        var host = await _jobs.StartAsync(
            _time, options => options.RetryDelay = options.RetryMaxDelay = TimeSpan.FromMinutes(1), handler);
        var account = AccountId.Create();
        Signal(host).Raise(account, WorkKind.Orders);
        await PassAsync(TimeSpan.FromSeconds(5), () => handler.Runs == 1);

        // Once while the run fails, once while the repetition waits.
        _time.StepWallClock(TimeSpan.FromHours(hours));
        handler.Release();
        await PassAsync(TimeSpan.FromMinutes(2), () => handler.Runs == 2);
        handler.Release(2);
        var job = JobKinds.KeyOf(account, WorkKind.Orders);
        var scheduler = await host.Services.GetRequiredKeyedService<ISchedulerFactory>(JobKinds.Scheduler).GetScheduler();
        await JobsHost.EventuallyAsync(
            async () => (await scheduler.GetTrigger(new TriggerKey(job.Name, job.Group)))?.NextFireTimeUtc is not null,
            "the repetition waits");
        _time.StepWallClock(TimeSpan.FromHours(hours));

        await PassAsync(TimeSpan.FromMinutes(2), () => handler.Completed == 1);
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Measure_WallClockStepped_AgesByWhatPassed(int hours)
    {
        var handler = new RecordingHandler(WorkKind.Sync);
        var host = await _jobs.StartAsync(_time, options => options.BulkSyncLimit = 1, handler);
        Signal(host).Raise(AccountId.Create(), WorkKind.Sync);
        await PassAsync(TimeSpan.FromSeconds(5), () => handler.Runs == 1);
        Signal(host).Raise(AccountId.Create(), WorkKind.Sync);
        await JobsHost.EventuallyAsync(() => Task.FromResult(Waiting(host).Depth == 1), "one job waits");
        var before = Waiting(host).OldestAge;

        _time.StepWallClock(TimeSpan.FromHours(hours));
        Waiting(host).OldestAge.ShouldBe(before);
        await _time.AdvanceAsync(TimeSpan.FromSeconds(10));

        Waiting(host).OldestAge.ShouldBe(before + TimeSpan.FromSeconds(10));
        handler.Release(2);
    }

    private static IWorkSignal Signal(IHost host) => host.Services.GetRequiredService<IWorkSignal>();

    private static void Raise(IHost host) => Signal(host).Raise(AccountId.Create(), WorkKind.Orders);

    private static (string Queue, int Depth, TimeSpan OldestAge) Waiting(IHost host) =>
        host.Services.GetRequiredService<QueueDepths>().Measure().Single(measured => measured.Queue == JobKinds.BulkSync);

    private async Task WaitingRereadAsync(IHost host)
    {
        var account = await JobsHost.ConnectAsync(host);
        await _jobs.ExecuteAsync(
            $"insert into reread_requests (user_id, external_stock_id, blueprint_id, asked_at) values ('{account}', '1', 1, 1)");
    }

    /// <summary>Lets time pass a little at a time until something is so, and fails when it is not after <paramref name="limit"/>.</summary>
    private async Task PassAsync(TimeSpan limit, Func<bool> condition)
    {
        var started = _time.GetTimestamp();
        await JobsHost.EventuallyAsync(
            async () =>
            {
                if (!condition() && _time.GetElapsedTime(started) < limit)
                {
                    await _time.AdvanceAsync(limit / 200);
                }

                return condition();
            },
            $"it happens within {limit}");
    }
}
