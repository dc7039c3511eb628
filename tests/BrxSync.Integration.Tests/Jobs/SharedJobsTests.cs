using BrxSync.Hosting.Jobs;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Testing;
using BrxSync.Testing.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BrxSync.Integration.Tests.Jobs;

/// <summary>Several hosts on one database do each piece of work once, whichever of them was asked.</summary>
public sealed class SharedJobsTests : IAsyncLifetime
{
    private SharingHosts _hosts = null!;

    public async Task InitializeAsync() => _hosts = await SharingHosts.CreateAsync();

    public async Task DisposeAsync() => await _hosts.DisposeAsync();

    [Fact]
    public async Task Raise_WhileItRunsElsewhere_MakesItRunOnceMore()
    {
        var handler = new RecordingHandler(WorkKind.Reread);
        var (one, two) = (await _hosts.StartAsync(handler), await _hosts.StartAsync(handler));
        var account = AccountId.Create();
        SharingHosts.Signal(one).Raise(account, WorkKind.Reread);
        await handler.WaitForStartAsync();

        Parallel.For(0, 1_000, i => SharingHosts.Signal(i % 2 == 0 ? one : two).Raise(account, WorkKind.Reread));
        await SharingHosts.EventuallyAsync(async () => await _hosts.CountWaitingAsync(WorkKind.Reread) == 1, "one job waits");
        await SharingHosts.Queue(one).EnqueueAsync(account, WorkKind.Reread, asked: true, default);
        await SharingHosts.Queue(two).EnqueueAsync(account, WorkKind.Reread, asked: false, default);
        (await _hosts.CountWaitingAsync(WorkKind.Reread)).ShouldBe(1, "what waits is the same job for both");
        handler.Release();
        await handler.WaitForStartAsync();
        handler.Release(2);

        await SharingHosts.EventuallyAsync(
            async () => handler.Completed >= 2 && await _hosts.CountWaitingAsync(WorkKind.Reread) == 0, "both runs end");
        handler.MostAtOnce.ShouldBe(1);
    }

    [Fact]
    public async Task Enqueue_ManyAtOnce_LeavesWhatWaitsAndRunsOnceMoreWhatRuns()
    {
        var handler = new RecordingHandler(WorkKind.Reread);
        var host = await _hosts.StartAsync(options => options.SweepInterval = TimeSpan.FromHours(1), handler);
        var (running, fresh) = (AccountId.Create(), AccountId.Create());
        var queue = SharingHosts.Queue(host);
        await queue.EnqueueAsync(running, WorkKind.Reread, asked: true, default);
        await handler.WaitForStartAsync();

        await queue.EnqueueAsync([(running, WorkKind.Reread), (fresh, WorkKind.Reread), (fresh, WorkKind.Orders)], default);
        await queue.EnqueueAsync([(running, WorkKind.Reread), (fresh, WorkKind.Reread)], default);

        await handler.WaitForStartAsync();
        (handler.Runs, handler.MostAtOnce).ShouldBe((2, 1), "the other account starts; that which runs waits for its end");
        handler.Release(4);
        await SharingHosts.EventuallyAsync(async () => handler.Completed >= 3 && await _hosts.Database.ScalarAsync<long>(
            "select count(*) from brx_qrtz_triggers where trigger_group <> 'system'") == 0, "nothing is left");
        handler.Completed.ShouldBeInRange(3, 4, "asked for again, the other account waits for its first run or has begun it");
        handler.MostAtOnce.ShouldBe(1);
    }

    /// <summary>What the engine stores itself is what the scheduler would have stored.</summary>
    [Fact]
    public async Task Enqueue_ManyAtOnce_StoresTheSameRows()
    {
        var host = await _hosts.StartAsync(options => options.Enabled = false, new RecordingHandler(WorkKind.Reread));
        var (one, other) = (AccountId.Create(), AccountId.Create());

        await SharingHosts.Queue(host).EnqueueAsync(one, WorkKind.Reconcile, asked: false, default);
        await SharingHosts.Queue(host).EnqueueAsync([(other, WorkKind.Reconcile)], default);

        foreach (var table in (string[])["brx_qrtz_job_details", "brx_qrtz_triggers", "brx_qrtz_simple_triggers"])
        {
            var own = table == "brx_qrtz_job_details" ? "job_name" : "trigger_name";
            (await RowAsync(table, own, other)).ShouldBe(await RowAsync(table, own, one));
        }

        Task<string> RowAsync(string table, string name, AccountId account) => _hosts.Database.ScalarAsync<string>($"""
            select (to_jsonb(t) - 'job_name' - 'trigger_name' - 'start_time' - 'next_fire_time')::text from {table} t where {name} = '{account}'
            """);
    }

    [Fact]
    public async Task Raise_ManyAccountsInThreeHosts_NeverRunsOneTwiceAtOnce()
    {
        var (orders, rereads) =
            (new RecordingHandler(WorkKind.Orders) { IsHeld = false }, new RecordingHandler(WorkKind.Reread) { IsHeld = false });
        var hosts = new[]
        {
            await _hosts.StartAsync(orders, rereads), await _hosts.StartAsync(orders, rereads), await _hosts.StartAsync(orders, rereads),
        };
        await _hosts.Database.ExecuteAsync(
            "create unique index ux_test_executing on brx_qrtz_fired_triggers (job_name, job_group) where state = 'EXECUTING'");
        var accounts = Enumerable.Range(0, 5).Select(_ => AccountId.Create()).ToArray();

        for (var round = 0; round < 20; round++)
        {
            var (account, host) = (accounts[round % 5], hosts[round % 3]);
            await Task.WhenAll(
                SharingHosts.Queue(host).EnqueueAsync(account, WorkKind.Orders, asked: true, default),
                SharingHosts.Queue(hosts[(round + 1) % 3]).EnqueueAsync(account, WorkKind.Reread, asked: true, default),
                SharingHosts.Queue(hosts[(round + 2) % 3]).EnqueueAsync(account, WorkKind.Orders, asked: false, default));
        }

        await SharingHosts.EventuallyAsync(
            async () => await _hosts.CountWaitingAsync(WorkKind.Orders) + await _hosts.CountWaitingAsync(WorkKind.Reread) == 0
                && orders.Completed == orders.Runs && rereads.Completed == rereads.Runs && orders.Runs >= 5 && rereads.Runs >= 5,
            "all jobs end");
        (orders.MostAtOnce, rereads.MostAtOnce).ShouldBe((1, 1));
        Complaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task Raise_HostThatRunsNoJobs_IsRunByAnother()
    {
        var handler = new RecordingHandler(WorkKind.Push) { IsHeld = false };
        var front = await _hosts.StartAsync(options => options.Enabled = false, new RecordingHandler(WorkKind.Push));
        await _hosts.StartAsync(options => options.SweepInterval = TimeSpan.FromHours(1), handler);

        SharingHosts.Signal(front).Raise(AccountId.Create(), WorkKind.Push);

        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Completed == 1), "it runs without waiting for a sweep");
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Raise_HostWhoseClockIsWrong_IsRunByAnotherAtOnce(int hours)
    {
        var handler = new RecordingHandler(WorkKind.Push) { IsHeld = false };
        var wrong = new HostClock(TimeProvider.System) { Error = TimeSpan.FromHours(hours) };
        var front = await _hosts.StartAsync(wrong, options => options.Enabled = false, new RecordingHandler(WorkKind.Push));
        await _hosts.StartAsync(options => options.SweepInterval = TimeSpan.FromHours(1), handler);

        SharingHosts.Signal(front).Raise(AccountId.Create(), WorkKind.Push);

        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Completed == 1), "it runs");
    }

    [Theory]
    [InlineData(-3)]
    [InlineData(3)]
    public async Task Start_HostWhoseClockIsWrong_TakesNobodyForGone(int hours)
    {
        var handler = new RecordingHandler(WorkKind.Push);
        var right = await _hosts.StartAsync(handler);
        SharingHosts.Signal(right).Raise(AccountId.Create(), WorkKind.Push);
        await handler.WaitForStartAsync();
        var sweeps = new RecordingHandler(WorkKind.Reread) { IsHeld = false };
        var wrong = new HostClock(TimeProvider.System) { Error = TimeSpan.FromHours(hours) };

        await _hosts.StartAsync(wrong, options => options.SweepInterval = TimeSpan.FromSeconds(1), handler, sweeps);
        var account = await _hosts.ConnectAsync();
        await _hosts.Database.ExecuteAsync(
            $"insert into reread_requests (user_id, external_stock_id, blueprint_id, asked_at) values ('{account}', '1', 1, now())");
        var checkins = "select min(last_checkin_time) from brx_qrtz_scheduler_state";
        var before = await _hosts.Database.ScalarAsync<long>(checkins);
        await SharingHosts.EventuallyAsync(
            async () => await _hosts.Database.ScalarAsync<long>(checkins) > before + TimeSpan.FromSeconds(8).Ticks && sweeps.Completed > 0,
            "both have given signs of life for longer than the time after which they would be missed");

        handler.Runs.ShouldBe(1);
        (await _hosts.Database.ScalarAsync<long>("select count(*) from brx_qrtz_scheduler_state")).ShouldBe(2);
        handler.Release();
    }

    [Fact]
    public async Task Stop_DuringARun_GoesOnElsewhere()
    {
        var (first, second) = (new RecordingHandler(WorkKind.Reconcile), new RecordingHandler(WorkKind.Reconcile));
        var stopping = await _hosts.StartAsync(options => options.SweepInterval = TimeSpan.FromHours(1), first);
        SharingHosts.Signal(stopping).Raise(AccountId.Create(), WorkKind.Reconcile);
        await first.WaitForStartAsync();
        await _hosts.StartAsync(options => options.SweepInterval = TimeSpan.FromHours(1), second);

        await stopping.StopAsync();
        await second.WaitForStartAsync();
        second.Release();

        await SharingHosts.EventuallyAsync(() => Task.FromResult(second.Completed == 1), "the other host does it to its end");
        (first.WasCancelled, first.Runs, second.Runs).ShouldBe((true, 1, 1));
    }

    [Fact]
    public async Task Sweep_TwoHosts_IsOne()
    {
        var handler = new RecordingHandler(WorkKind.Reread) { IsHeld = false };
        Action<JobsOptions> often = options => options.SweepInterval = TimeSpan.FromSeconds(1);
        await _hosts.StartAsync(often, handler);
        await _hosts.StartAsync(often, handler);
        var account = await _hosts.ConnectAsync();
        await _hosts.Database.ExecuteAsync(
            $"insert into reread_requests (user_id, external_stock_id, blueprint_id, asked_at) values ('{account}', '1', 1, now())");

        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Completed >= 3), "sweeps find what waits");

        handler.MostAtOnce.ShouldBe(1);
        (await _hosts.Database.ScalarAsync<long>("select count(*) from brx_qrtz_triggers where trigger_name = 'sweep'")).ShouldBe(1);
    }

    [Fact]
    public async Task Sweep_PeriodicWorkThatFails_IsNotAskedForAgainByAnyHost()
    {
        var handler = new RecordingHandler(WorkKind.Orders) { IsHeld = false, Fault = _ => new InvalidOperationException("broken") };
        var account = AccountId.Create();
        Action<JobsOptions> often = options => options.SweepInterval = TimeSpan.FromSeconds(1);
        await _hosts.StartAsync(often, handler);
        await _hosts.Database.ExecuteAsync(
            $"insert into user_sync_settings (user_id, cardtrader_token_encrypted, last_sync_at) values ('{account}', 'gAAAA', now())");
        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Runs == 1), "orders are looked for");

        var reread = new RecordingHandler(WorkKind.Reread) { IsHeld = false };
        await _hosts.StartAsync(often, handler, reread);
        await _hosts.Database.ExecuteAsync(
            $"insert into reread_requests (user_id, external_stock_id, blueprint_id, asked_at) values ('{account}', '1', 1, now())");
        await SharingHosts.EventuallyAsync(() => Task.FromResult(reread.Runs >= 3), "three sweeps look at the account");

        handler.Runs.ShouldBe(1);
    }

    [Fact]
    public async Task Queue_AskedFor_GoesBeforeWhatTheClockStartedUnlessThatHasWaitedForLong()
    {
        var handler = new OrderRecorder();
        var host = await _hosts.StartAsync(options => options.BulkSyncLimit = 1, handler);
        var (first, clock, person, old) = (AccountId.Create(), AccountId.Create(), AccountId.Create(), AccountId.Create());
        var queue = SharingHosts.Queue(host);
        await queue.EnqueueAsync(first, WorkKind.Sync, asked: true, default);
        await handler.WaitForStartAsync();
        await queue.EnqueueAsync(clock, WorkKind.Sync, asked: false, default);
        await queue.EnqueueAsync(old, WorkKind.Sync, asked: false, default);
        await queue.EnqueueAsync(person, WorkKind.Sync, asked: true, default);
        await _hosts.Database.ExecuteAsync(
            $"update brx_qrtz_triggers set next_fire_time = next_fire_time - {JobKinds.HeadStart.Ticks * 2} where trigger_name = '{old}'");

        handler.Release(4);
        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Accounts.Count == 4), "all run");

        handler.Accounts.ShouldBe([first, old, person, clock]);
    }

    [Fact]
    public async Task Queue_PersonAsksForWhatTheClockStarted_BringsItForward()
    {
        var handler = new OrderRecorder();
        var host = await _hosts.StartAsync(options => options.BulkSyncLimit = 1, handler);
        var (first, clock, both) = (AccountId.Create(), AccountId.Create(), AccountId.Create());
        var queue = SharingHosts.Queue(host);
        await queue.EnqueueAsync(first, WorkKind.Sync, asked: true, default);
        await handler.WaitForStartAsync();
        await queue.EnqueueAsync(clock, WorkKind.Sync, asked: false, default);
        await queue.EnqueueAsync(both, WorkKind.Sync, asked: false, default);
        await queue.EnqueueAsync(both, WorkKind.Sync, asked: true, default);

        handler.Release(3);
        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Accounts.Count == 3), "all run");

        handler.Accounts.ShouldBe([first, both, clock]);
    }

    [Fact]
    public async Task Limits_OverTheDatabase_CountInAllHosts()
    {
        var handler = new RecordingHandler(WorkKind.Sync);
        Action<JobsOptions> one = options => (options.BulkSyncLimit, options.LimitScope) = (1, JobLimitScope.Database);
        var hosts = new[] { await _hosts.StartAsync(one, handler), await _hosts.StartAsync(one, handler) };
        for (var i = 0; i < 4; i++)
        {
            await SharingHosts.Queue(hosts[i % 2]).EnqueueAsync(AccountId.Create(), WorkKind.Sync, asked: true, default);
        }

        for (var i = 1; i <= 4; i++)
        {
            await handler.WaitForStartAsync();
            handler.Runs.ShouldBe(i, "one at a time");
            handler.Release();
        }

        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Completed == 4), "all run");
    }

    [Fact]
    public async Task Measure_BothHosts_TellTheSameDepth()
    {
        var handler = new RecordingHandler(WorkKind.Sync);
        Action<JobsOptions> one = options => (options.BulkSyncLimit, options.SweepInterval) = (1, TimeSpan.FromSeconds(1));
        var hosts = new[] { await _hosts.StartAsync(one, handler), await _hosts.StartAsync(one, handler) };
        for (var i = 0; i < 5; i++)
        {
            await SharingHosts.Queue(hosts[0]).EnqueueAsync(AccountId.Create(), WorkKind.Sync, asked: true, default);
        }

        await handler.WaitForStartAsync(2);
        foreach (var host in hosts)
        {
            var depths = host.Services.GetRequiredService<QueueDepths>();
            await SharingHosts.EventuallyAsync(
                () => Task.FromResult(depths.Measure().Single(queue => queue.Queue == JobKinds.BulkSync) is { Depth: 3 }), "three wait");
            depths.Measure().Single(queue => queue.Queue == JobKinds.BulkSync).OldestAge
                .ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromMinutes(5));
        }

        handler.Release(5);
        await SharingHosts.EventuallyAsync(
            () => Task.FromResult(hosts[1].Services.GetRequiredService<QueueDepths>().Measure().All(queue => queue.Depth == 0)),
            "nothing waits");
    }

    private IEnumerable<string> Complaints() => _hosts.Logs.Entries.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text);

    /// <summary>Notes the accounts in the order in which their runs begin; each waits to be let go.</summary>
    private sealed class OrderRecorder : IJobHandler
    {
        private readonly SemaphoreSlim _started = new(0);
        private readonly SemaphoreSlim _gate = new(0);

        public System.Collections.Concurrent.ConcurrentQueue<AccountId> Accounts { get; } = [];

        public WorkKind Kind => WorkKind.Sync;

        public async Task RunAsync(AccountId accountId, CancellationToken cancellationToken)
        {
            Accounts.Enqueue(accountId);
            _started.Release();
            await _gate.WaitAsync(cancellationToken);
        }

        public async Task WaitForStartAsync() => (await _started.WaitAsync(TimeSpan.FromSeconds(90))).ShouldBeTrue();

        public void Release(int count) => _gate.Release(count);
    }
}
