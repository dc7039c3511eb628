using BrxSync.Hosting.Jobs;
using BrxSync.Sync;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Testing;
using BrxSync.Testing.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;

namespace BrxSync.Integration.Tests.Jobs;

/// <summary>What the shared store holds, as other versions and other programs see it.</summary>
public sealed class SharedJobStoreTests : IAsyncLifetime
{
    private const string StateOfAudit = "select trigger_state from brx_qrtz_triggers where trigger_group = 'audit'";
    private SharingHosts _hosts = null!;

    public async Task InitializeAsync() => _hosts = await SharingHosts.CreateAsync();

    public async Task DisposeAsync() => await _hosts.DisposeAsync();

    /// <summary>Versions that run side by side find each other's jobs by these names.</summary>
    [Fact]
    public async Task Store_ClassesOfJobs_HaveTheNamesThatAllVersionsKnow()
    {
        var host = await _hosts.StartAsync(new RecordingHandler(WorkKind.Reread) { IsHeld = false });
        await SharingHosts.Queue(host).EnqueueAsync(AccountId.Create(), WorkKind.Reread, asked: true, default);

        var names = await _hosts.Database.ScalarAsync<string>(
            "select string_agg(distinct job_class_name, '; ' order by job_class_name) from brx_qrtz_job_details");

        names.ShouldBe(
            "BrxSync.Hosting.Jobs.AccountJob, BrxSync.Hosting; BrxSync.Hosting.Jobs.Sweeps.SweepJob, BrxSync.Hosting; "
            + "BrxSync.Hosting.Retention.RetentionJob, BrxSync.Hosting");
        (await _hosts.Database.ScalarAsync<long>("select count(distinct sched_name) from brx_qrtz_job_details")).ShouldBe(1);
        (await _hosts.Database.ScalarAsync<string>("select min(sched_name) from brx_qrtz_job_details")).ShouldBe("brxsync");
    }

    [Fact]
    public async Task Store_JobOfAClassThatNobodyKnows_IsLeftAndHoldsUpNothing()
    {
        var handler = new RecordingHandler(WorkKind.Reread) { IsHeld = false };
        var host = await _hosts.StartAsync(options => options.SweepInterval = TimeSpan.FromSeconds(1), handler);
        await SharingHosts.Queue(host).EnqueueAsync(AccountId.Create(), WorkKind.Reread, asked: true, default);
        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Completed == 1), "a job runs");

        await InsertAsync("audit", "BrxSync.Hosting.Jobs.OfTomorrow, BrxSync.Hosting");
        await SharingHosts.EventuallyAsync(
            async () => await _hosts.Database.ScalarAsync<string>(StateOfAudit) == "ERROR", "it is set aside");
        var account = await _hosts.ConnectAsync();
        await _hosts.Database.ExecuteAsync(
            $"insert into reread_requests (user_id, external_stock_id, blueprint_id, asked_at) values ('{account}', '1', 1, now())");
        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Completed >= 4), "three sweeps later all else goes on");

        (await _hosts.Database.ScalarAsync<string>(StateOfAudit)).ShouldBe("ERROR");
        _hosts.Logs.Entries.Count(line => line.Level >= LogLevel.Error && line.Category.StartsWith("Quartz", StringComparison.Ordinal))
            .ShouldBe(1, "it is told once");
    }

    [Fact]
    public async Task Store_KindThatNobodyKnows_IsRecordedAndHoldsUpNothing()
    {
        var handler = new RecordingHandler(WorkKind.Reread) { IsHeld = false };
        var host = await _hosts.StartAsync(handler);

        await InsertAsync("audit", new JobType(typeof(AccountJob)).FullName);
        await SharingHosts.EventuallyAsync(
            () => Task.FromResult(_hosts.Logs.Entries.Any(line => line.Text.Contains("audit", StringComparison.Ordinal))), "it is told");
        await SharingHosts.Queue(host).EnqueueAsync(AccountId.Create(), WorkKind.Reread, asked: true, default);

        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Completed == 1), "other jobs run");
        (await _hosts.Database.ScalarAsync<long>("select count(*) from brx_qrtz_job_details where job_group = 'audit'")).ShouldBe(1);
    }

    [Fact]
    public async Task Sweep_TriggerThatWasGivenUp_IsPutBack()
    {
        var handler = new RecordingHandler(WorkKind.Reread) { IsHeld = false };
        var host = await _hosts.StartAsync(options => options.SweepInterval = TimeSpan.FromHours(1), handler);
        await SharingHosts.Queue(host).EnqueueAsync(AccountId.Create(), WorkKind.Reread, asked: true, default);
        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Completed == 1), "a job runs");
        await InsertAsync("reread", new JobType(typeof(AccountJob)).FullName, "ERROR");

        await _hosts.StartAsync(handler);

        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Completed == 2), "the sweep of another start puts it back");
    }

    /// <summary>A process that stands still with the scheduler's lock in its hands holds up the others for ten seconds.</summary>
    [Fact]
    public async Task Transaction_OfTheScheduler_HasALimitThatEndsWithIt()
    {
        const string Limit = "select setting from pg_settings where name = 'idle_in_transaction_session_timeout'";
        var host = await _hosts.StartAsync(options => options.Enabled = false);
        await using var connection = host.Services.GetRequiredService<ISchedulerDatabase>().CreateConnection();
        await connection.OpenAsync();

        string inside;
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            inside = await ReadAsync(Limit);
            await transaction.CommitAsync();

            async Task<string> ReadAsync(string sql)
            {
                await using var command = connection.CreateCommand();
                (command.CommandText, command.Transaction) = (sql, transaction);
                return (string)(await command.ExecuteScalarAsync())!;
            }
        }

        await using var after = connection.CreateCommand();
        after.CommandText = Limit;
        (inside, (string)(await after.ExecuteScalarAsync())!).ShouldBe(("10000", "0"));
    }

    [Fact]
    public async Task Enqueue_JobThatSomebodyRemoved_IsMadeAnew()
    {
        var handler = new RecordingHandler(WorkKind.Reread) { IsHeld = false };
        var host = await _hosts.StartAsync(handler);
        var account = AccountId.Create();
        await SharingHosts.Queue(host).EnqueueAsync(account, WorkKind.Reread, asked: true, default);
        await SharingHosts.EventuallyAsync(
            async () => handler.Completed == 1
                && await _hosts.Database.ScalarAsync<long>($"select count(*) from brx_qrtz_triggers where trigger_name = '{account}'") == 0,
            "it runs");
        await _hosts.Database.ExecuteAsync($"delete from brx_qrtz_job_details where job_name = '{account}'");

        await SharingHosts.Queue(host).EnqueueAsync(account, WorkKind.Reread, asked: true, default);

        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Completed == 2), "it runs again");
    }

    /// <summary>A host may schedule with Quartz itself, in tables with Quartz's usual names in the same database.</summary>
    [Fact]
    public async Task Store_BesideTheTablesOfAHost_TouchesNoneOfThem()
    {
        await _hosts.Database.ExecuteAsync("create table qrtz_triggers (sched_name text); create table qrtz_locks (sched_name text)");
        var handler = new RecordingHandler(WorkKind.Reread) { IsHeld = false };

        var host = await _hosts.StartAsync(handler);
        await SharingHosts.Queue(host).EnqueueAsync(AccountId.Create(), WorkKind.Reread, asked: true, default);
        await SharingHosts.EventuallyAsync(() => Task.FromResult(handler.Completed == 1), "a job runs");

        (await _hosts.Database.ScalarAsync<long>("select count(*) from qrtz_triggers")).ShouldBe(0);
        host.Services.GetService<ISchedulerFactory>().ShouldBeNull("ours has a name");
    }

    private async Task InsertAsync(string kind, string jobClass, string state = "WAITING")
    {
        var account = AccountId.Create();
        await _hosts.Database.ExecuteAsync($"""
            insert into brx_qrtz_job_details
                (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent, is_update_data, requests_recovery)
            values ('brxsync', '{account}', '{kind}', '{jobClass}', true, true, false, true);
            insert into brx_qrtz_triggers
                (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time, priority, trigger_state, trigger_type,
                 start_time, misfire_instr, execution_group)
            values ('brxsync', '{account}', '{kind}', '{account}', '{kind}', {DateTime.UtcNow.Ticks}, 5, '{state}', 'SIMPLE',
                    {DateTime.UtcNow.Ticks}, -1, 'default');
            insert into brx_qrtz_simple_triggers (sched_name, trigger_name, trigger_group, repeat_count, repeat_interval, times_triggered)
            values ('brxsync', '{account}', '{kind}', 0, 0, 0);
            """);
    }
}
