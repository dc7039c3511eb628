using System.Diagnostics.Metrics;
using BrxSync.Hosting.Jobs;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Accounts;
using BrxSync.Testing.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace BrxSync.Hosting.Tests.Jobs;

/// <summary>Work is done once, soon, in its own lane, and never while it must not be.</summary>
public sealed class JobsTests : IAsyncLifetime
{
    private JobsHost _jobs = null!;

    public async Task InitializeAsync() => _jobs = await JobsHost.CreateAsync();

    public async Task DisposeAsync() => await _jobs.DisposeAsync();

    private static IWorkSignal Signal(IHost host) => host.Services.GetRequiredService<IWorkSignal>();

    private static IOperationStore Operations(IHost host) => host.Services.GetRequiredService<IOperationStore>();

    private static Task EndedAsync(IHost host, string operation) => JobsHost.EventuallyAsync(
        async () => !(await Operations(host).FindAsync(operation))!.IsLive, "the operation ends");

    /// <summary>Another version of the service may have stored it: it is recorded and left, and nothing fails.</summary>
    [Theory]
    [InlineData("b2a7c4de-0000-4000-8000-000000000001", "audit")]
    [InlineData("everybody", "reread")]
    public async Task Execute_JobOfAnotherVersion_IsRecordedAndLeft(string name, string kind)
    {
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var host = await _jobs.StartAsync(null, new RecordingHandler(WorkKind.Reread));
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, meters) => { if (instrument.Name == "brx.sync.jobs") { meters.EnableMeasurementEvents(
                instrument); } },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value);
            _ = all["job.type"] == kind && ended.TrySetResult(all["outcome"]!);
        });
        listener.Start();

        var scheduler = await host.Services.GetRequiredKeyedService<ISchedulerFactory>("brxsync").GetScheduler();
        var job = JobBuilder.Create<AccountJob>().WithIdentity(name, kind).StoreDurably().Build();
        await scheduler.AddJob(job, AddJobOptions.Replacing);
        await scheduler.TriggerJob(job.Key);

        (await ended.Task.WaitAsync(TimeSpan.FromSeconds(30))).ShouldBe("unknown");
    }

    [Fact]
    public async Task Raise_BurstWhileOneRuns_MakesOneMoreRun()
    {
        var handler = new RecordingHandler(WorkKind.Reread);
        var host = await _jobs.StartAsync(null, handler);
        var account = AccountId.Create();
        Signal(host).Raise(account, WorkKind.Reread);
        await handler.WaitForStartAsync();

        Parallel.For(0, 1_000, _ => Signal(host).Raise(account, WorkKind.Reread));
        await JobsHost.EventuallyAsync(() => Task.FromResult(Depth(host, JobKinds.HighPriority) == 1), "one job waits");
        handler.Release();
        await handler.WaitForStartAsync();
        handler.Release();

        await JobsHost.EventuallyAsync(() => Task.FromResult(handler.Completed == 2), "both runs end");
        Depth(host, JobKinds.HighPriority).ShouldBe(0);
        (handler.Runs, handler.MostAtOnce).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Raise_ManyAccountsAndKinds_NeverRunsOneTwiceAtOnce()
    {
        var (orders, rereads) =
            (new RecordingHandler(WorkKind.Orders) { IsHeld = false }, new RecordingHandler(WorkKind.Reread) { IsHeld = false });
        var host = await _jobs.StartAsync(null, orders, rereads);
        var accounts = Enumerable.Range(0, 5).Select(_ => AccountId.Create()).ToArray();

        Parallel.For(0, 5_000, i => Signal(host).Raise(accounts[i % 5], i % 2 == 0 ? WorkKind.Orders : WorkKind.Reread));
        await JobsHost.EventuallyAsync(
            () => Task.FromResult(orders.Completed == orders.Runs && rereads.Completed == rereads.Runs && rereads.Runs >= 5
                && Depths(host) == 0), "all jobs end");

        (orders.MostAtOnce, rereads.MostAtOnce).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Queues_BulkSyncFull_RereadsRunAtOnce()
    {
        var (sync, reread) = (new RecordingHandler(WorkKind.Sync), new RecordingHandler(WorkKind.Reread));
        var host = await _jobs.StartAsync(options => options.BulkSyncLimit = 1, sync, reread);
        for (var i = 0; i < 20; i++)
        {
            Signal(host).Raise(AccountId.Create(), WorkKind.Sync);
        }

        await sync.WaitForStartAsync();
        Signal(host).Raise(AccountId.Create(), WorkKind.Reread);
        await reread.WaitForStartAsync();

        await JobsHost.EventuallyAsync(() => Task.FromResult(Depth(host, JobKinds.BulkSync) == 19), "the others wait");
        sync.Runs.ShouldBe(1);
        reread.Release();
        sync.Release(20);
        await JobsHost.EventuallyAsync(() => Task.FromResult(sync.Completed == 20), "the others run in turn");
    }

    [Fact]
    public async Task Job_FailureThatMayPass_IsRepeatedUntilItSucceeds()
    {
        var handler = new RecordingHandler(WorkKind.Orders) { IsHeld = false, Fault = run => run < 4 ? new IOException("away") : null };
        var host = await _jobs.StartAsync(options => options.RetryDelay = options.RetryMaxDelay = TimeSpan.FromMilliseconds(10), handler);

        Signal(host).Raise(AccountId.Create(), WorkKind.Orders);

        await JobsHost.EventuallyAsync(() => Task.FromResult(handler.Completed == 1), "the fourth run succeeds");
        handler.Runs.ShouldBe(4);
    }

    [Fact]
    public async Task Job_FailureForGood_IsNotRepeatedAndLeavesTheJobUsable()
    {
        var handler = new RecordingHandler(WorkKind.Orders)
        {
            IsHeld = false, Fault = run => run == 1 ? new InvalidOperationException("broken") : null,
        };
        var host = await _jobs.StartAsync(options => options.RetryDelay = options.RetryMaxDelay = TimeSpan.FromMilliseconds(10), handler);
        var account = AccountId.Create();

        Signal(host).Raise(account, WorkKind.Orders);
        await JobsHost.EventuallyAsync(() => Task.FromResult(handler.Runs == 1 && Depths(host) == 0), "the first run fails");
        Signal(host).Raise(account, WorkKind.Orders);

        await JobsHost.EventuallyAsync(() => Task.FromResult(handler.Completed == 1), "the second run succeeds");
        handler.Runs.ShouldBe(2);
    }

    [Fact]
    public async Task Job_LongerThanTheSoftLimit_IsCancelled()
    {
        var handler = new RecordingHandler(WorkKind.Reconcile);
        var host = await _jobs.StartAsync(options => options.SoftLimit = TimeSpan.FromSeconds(1), handler);

        Signal(host).Raise(AccountId.Create(), WorkKind.Reconcile);

        await JobsHost.EventuallyAsync(() => Task.FromResult(handler.WasCancelled), "the run is cancelled");
    }

    [Fact]
    public async Task StartSync_ConnectedAccount_IsRecordedAtOnceAndRuns()
    {
        var host = await _jobs.StartAsync();
        var account = await JobsHost.ConnectAsync(host);
        _jobs.HoldNextExport();
        var jobs = host.Services.GetRequiredService<IBrxSyncJobs>();

        var operation = await jobs.StartSyncAsync(account);
        var status = (await host.Services.GetRequiredService<IAccounts>().FindAsync(account))!.Status;
        var refused = await Should.ThrowAsync<SyncInProgressException>(() => jobs.StartSyncAsync(account));
        var forced = await jobs.StartSyncAsync(account, joinLive: true);
        await _jobs.MarketplaceTime.WaitForTimersAsync();
        _jobs.ReleaseExport();
        await EndedAsync(host, operation.Id);

        (operation.Status, status).ShouldBe((OperationStatus.Pending, AccountStatus.InitialSync));
        (refused.OperationId, forced.Id).ShouldBe((operation.Id, operation.Id));
        (await Operations(host).FindAsync(operation.Id))!.Status.ShouldBe(OperationStatus.Completed);
        (await Operations(host).ListAsync(account, 10)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task StartSync_SuspendedAccount_LiftsTheSuspension()
    {
        var host = await _jobs.StartAsync();
        var account = await JobsHost.ConnectAsync(host);
        await host.Services.GetRequiredService<IAccounts>().SuspendAsync(account);

        var operation = await host.Services.GetRequiredService<IBrxSyncJobs>().StartSyncAsync(account);

        await JobsHost.EventuallyAsync(
            async () => await host.Services.GetRequiredService<IAccounts>()
                .FindAsync(account) is { SuspendedAt: null, Status: AccountStatus.Active },
            "the account is synchronized");
        (await Operations(host).FindAsync(operation.Id))!.Status.ShouldBe(OperationStatus.Completed);
    }

    [Fact]
    public async Task Sweep_WorkLeftByAProcessThatIsGone_IsDone()
    {
        var before = await _jobs.StartWithoutJobsAsync();
        var (queued, killed) = (await JobsHost.ConnectAsync(before), await JobsHost.ConnectAsync(before, "other"));
        var waiting = (await Operations(before).QueueAsync(queued, OperationKinds.FullSync))!.Operation;
        var running = (await Operations(before).TryStartAsync(killed, OperationKinds.FullSync))!;
        await _jobs.ExecuteAsync($"update sync_operations set heartbeat_at = 0 where operation_id = '{running.Id}'");
        await before.StopAsync();

        var host = await _jobs.StartAsync();

        await EndedAsync(host, waiting.Id);
        (await Operations(host).FindAsync(waiting.Id))!.Status.ShouldBe(OperationStatus.Completed);
        await JobsHost.EventuallyAsync(
            async () => (await host.Services.GetRequiredService<IAccounts>().FindAsync(killed))!.Status == AccountStatus.Active,
            "the killed run is done again");
        (await Operations(host).FindAsync(running.Id))!.Status.ShouldBe(OperationStatus.Failed);
    }

    [Fact]
    public async Task Stop_DuringARun_CancelsItAndLeavesNoLiveOperation()
    {
        var host = await _jobs.StartAsync();
        var account = await JobsHost.ConnectAsync(host);
        _jobs.HoldNextExport();
        var operation = await host.Services.GetRequiredService<IBrxSyncJobs>().StartSyncAsync(account);
        await _jobs.MarketplaceTime.WaitForTimersAsync();

        await host.StopAsync();

        var after = await _jobs.StartWithoutJobsAsync();
        (await Operations(after).FindAsync(operation.Id))!.Status.ShouldBe(OperationStatus.Cancelled);
        (await after.Services.GetRequiredService<IAccounts>().FindAsync(account))!.Status.ShouldBe(AccountStatus.Idle);
    }

    [Fact]
    public async Task Sweep_AccountThatIsStopped_GetsNoJob()
    {
        var before = await _jobs.StartWithoutJobsAsync();
        var (stopped, active) = (await JobsHost.ConnectAsync(before), await JobsHost.ConnectAsync(before, "other"));
        foreach (var account in (AccountId[])[stopped, active])
        {
            await _jobs.ExecuteAsync(
                $"insert into reread_requests (user_id, external_stock_id, blueprint_id, asked_at) values ('{account}', '1', 1, 1)");
        }

        _jobs.Marketplace.Seller("demo").Token = "regenerated";
        await Should.ThrowAsync<Client.Errors.CardTraderAuthenticationException>(() => before.Services.GetRequiredService<AccountAccess>()
            .CallAsync(stopped, (remote, token) => remote.Account.GetInfoAsync(token), default));
        await before.StopAsync();
        var seen = new AccountRecorder(WorkKind.Reread);

        await _jobs.StartAsync(options => options.SweepInterval = TimeSpan.FromSeconds(1), seen);

        await JobsHost.EventuallyAsync(() => Task.FromResult(seen.Accounts.Count >= 2), "two sweeps found the other account");
        seen.Accounts.ShouldAllBe(account => account == active);
    }

    [Fact]
    public async Task Sweep_SyncOnConnect_StartsTheFirstSyncOnlyThen()
    {
        var before = await _jobs.StartWithoutJobsAsync();
        var account = await JobsHost.ConnectAsync(before);
        await before.StopAsync();

        var host = await _jobs.StartAsync(options => (options.SyncOnConnect, options.SweepInterval) = (true, TimeSpan.FromSeconds(1)));

        await JobsHost.EventuallyAsync(
            async () => (await host.Services.GetRequiredService<IAccounts>().FindAsync(account))!.Status == AccountStatus.Active,
            "the first sync runs");
        (await Operations(host).ListAsync(account, 10)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sweep_PeriodicWorkThatIsDue_IsDoneOnce()
    {
        var before = await _jobs.StartWithoutJobsAsync();
        var account = await JobsHost.ConnectAsync(before);
        await before.Services.GetRequiredService<IFullSync>().RunAsync(new SyncRequest { AccountId = account });
        await _jobs.ExecuteAsync("update sync_operations set created_at = 1; update user_sync_settings set orders_polled_at = 1");
        _jobs.Marketplace.Calls.Clear();
        await before.StopAsync();

        var host = await _jobs.StartAsync(options => options.SweepInterval = TimeSpan.FromSeconds(1));

        await JobsHost.EventuallyAsync(
            async () => (await Operations(host).ListAsync(
                account, 1))[0] is { Kind: OperationKinds.Reconcile, Status: OperationStatus.Completed }
                && (await host.Services.GetRequiredService<IWorkStore>()
                    .FindAsync(account))!.OrdersPolledAt > DateTimeOffset.UnixEpoch.AddDays(1),
            "orders are polled and the account is reconciled");
        (await Operations(host).ListAsync(account, 10)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Start_TwoHostsOfOneProcess_BothRunJobs()
    {
        var (one, two) = (new RecordingHandler(WorkKind.Reread), new RecordingHandler(WorkKind.Reread));
        var (first, second) = (await _jobs.StartAsync(null, one), await _jobs.StartAsync(null, two));

        Signal(first).Raise(AccountId.Create(), WorkKind.Reread);
        Signal(second).Raise(AccountId.Create(), WorkKind.Reread);

        await one.WaitForStartAsync();
        await two.WaitForStartAsync();
        (one.Runs, two.Runs).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Start_WithoutJobs_QueuesForOthersAndRunsNothing()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddBrxSync(configure: brx => brx
            .UseSqlite(_jobs.DatabasePath)
            .ConfigureCardTrader(options => options.BaseAddress = _jobs.Marketplace.BaseAddress)
            .WithoutJobs());
        using var front = builder.Build();
        await front.StartAsync();
        var account = await JobsHost.ConnectAsync(front);
        var operation = await front.Services.GetRequiredService<IBrxSyncJobs>().StartSyncAsync(account);

        var worker = await _jobs.StartAsync();

        await EndedAsync(worker, operation.Id);
        (await Operations(front).FindAsync(operation.Id))!.Status.ShouldBe(OperationStatus.Completed);
        await front.StopAsync();
    }

    [Fact]
    public async Task Health_HostThatHasJustStarted_IsHealthy()
    {
        var host = await _jobs.StartAsync();

        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        health.Entries["brxsync-scheduler"].Status.ShouldBe(HealthStatus.Healthy, "a host that has started is ready");
    }

    private static int Depth(IHost host, string queue) =>
        host.Services.GetRequiredService<QueueDepths>().Measure().Single(measured => measured.Queue == queue).Depth;

    private static int Depths(IHost host) => host.Services.GetRequiredService<QueueDepths>().Measure().Sum(queue => queue.Depth);

    private sealed class AccountRecorder(WorkKind kind) : IJobHandler
    {
        public System.Collections.Concurrent.ConcurrentBag<AccountId> Accounts { get; } = [];

        public WorkKind Kind => kind;

        public Task RunAsync(AccountId accountId, CancellationToken cancellationToken)
        {
            Accounts.Add(accountId);
            return Task.CompletedTask;
        }
    }
}
