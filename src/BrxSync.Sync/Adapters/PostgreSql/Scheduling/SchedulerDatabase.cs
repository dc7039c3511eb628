using System.Data.Common;
using System.Text.Json;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records.Scheduling;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.PostgreSql.Scheduling;

/// <summary>Gives a scheduler its part of the process's pool.</summary>
/// <param name="pool">Opens the pool: not before every option was validated.</param>
internal sealed class SchedulerDatabase(Func<DbDataSource> pool) : ISchedulerDatabase
{
    /// <summary>By the index on states and times. What is being run waits for nothing.</summary>
    private const string Measure = """
        select execution_group as Queue, priority as Priority, count(*) as Waiting, min(next_fire_time) as Oldest
        from brx_qrtz_triggers
        where sched_name = @scheduler and trigger_state in ('WAITING', 'BLOCKED') and next_fire_time <= @now and execution_group is not null
        group by execution_group, priority
        """;

    /// <summary>By the primary key.</summary>
    private const string IsWaiting = """
        select 1 from brx_qrtz_triggers
        where sched_name = @scheduler and trigger_name = @name and trigger_group = @kind
          and trigger_state in ('WAITING', 'ACQUIRED', 'BLOCKED') and next_fire_time is not null
        """;

    /// <summary>
    /// One batch is one transaction. It takes the scheduler's lock first, in whose order all that follows is decided: a trigger whose job
    /// runs waits for it, and one that has nothing ahead of it any more, since it is being run, is stored anew. So does the scheduler.
    /// </summary>
    private const string Store = """
        insert into brx_qrtz_locks (sched_name, lock_name) values (@scheduler, 'TRIGGER_ACCESS') on conflict do nothing;

        select lock_name from brx_qrtz_locks where sched_name = @scheduler and lock_name = 'TRIGGER_ACCESS' for update;

        insert into brx_qrtz_job_details
            (sched_name, job_name, job_group, job_class_name, is_durable, is_nonconcurrent, is_update_data, requests_recovery)
        select @scheduler, n.name, n.kind, @jobClass, true, true, false, true
        from jsonb_to_recordset(@triggers::jsonb) as n (name text, kind text)
        on conflict do nothing;

        insert into brx_qrtz_triggers as t
            (sched_name, trigger_name, trigger_group, job_name, job_group, next_fire_time, priority, trigger_state, trigger_type, start_time,
             misfire_instr, execution_group, retry_attempt)
        select @scheduler, n.name, n.kind, n.name, n.kind, @at, @priority,
               case when exists (select 1 from brx_qrtz_fired_triggers f
                                 where f.sched_name = @scheduler and f.job_name = n.name and f.job_group = n.kind)
                    then 'BLOCKED' else 'WAITING' end,
               'SIMPLE', @at, -1, n.queue, 0
        from jsonb_to_recordset(@triggers::jsonb) as n (name text, kind text, queue text)
        on conflict (sched_name, trigger_name, trigger_group) do update
        set next_fire_time = excluded.next_fire_time, priority = excluded.priority, trigger_state = excluded.trigger_state,
            start_time = excluded.start_time, misfire_instr = excluded.misfire_instr, execution_group = excluded.execution_group,
            retry_policy = null, retry_attempt = 0, job_data = null
        where t.next_fire_time is null;

        insert into brx_qrtz_simple_triggers (sched_name, trigger_name, trigger_group, repeat_count, repeat_interval, times_triggered)
        select @scheduler, n.name, n.kind, 0, 0, 0
        from jsonb_to_recordset(@triggers::jsonb) as n (name text, kind text)
        join brx_qrtz_triggers t on t.sched_name = @scheduler and t.trigger_name = n.name and t.trigger_group = n.kind
        where t.next_fire_time = @at
        on conflict (sched_name, trigger_name, trigger_group) do update
        set repeat_count = excluded.repeat_count, repeat_interval = excluded.repeat_interval, times_triggered = excluded.times_triggered
        """;

    private const string ListGivenUp = """
        select t.trigger_name as Name, t.trigger_group as Kind
        from brx_qrtz_triggers t
        join brx_qrtz_job_details j on j.sched_name = t.sched_name and j.job_name = t.job_name and j.job_group = t.job_group
        where t.sched_name = @scheduler and t.trigger_state = 'ERROR' and j.job_class_name = @jobClass limit 1000
        """;

    private Database Database => new(pool());

    public DbConnection CreateConnection() => new SchedulerConnection(pool());

    public DbCommand CreateCommand() => new SchedulerCommand();

    public Task<DateTimeOffset> GetTimeAsync(CancellationToken cancellationToken = default) => Database.FindAsync(
        "select (extract(epoch from clock_timestamp()) * 1000000)::bigint as Now", null, row => row.Time("Now"), cancellationToken);

    public Task<bool> IsWaitingAsync(string scheduler, string name, string group, CancellationToken cancellationToken = default) =>
        Database.FindAsync(
            IsWaiting,
            new Parameters().Text("scheduler", scheduler).Text("name", name).Text("kind", group),
            static _ => true,
            cancellationToken);

    public Task StoreAsync(NewTriggers triggers, CancellationToken cancellationToken = default) => Database.ExecuteAsync(
        Store,
        new Parameters()
            .Text("scheduler", triggers.Scheduler)
            .Text("jobClass", triggers.JobClass)
            .Integer("priority", triggers.Priority)
            .Number("at", triggers.At.UtcTicks)
            .Text("triggers", JsonSerializer.Serialize(triggers.All, StoreJsonContext.Default.IReadOnlyListNewTrigger)),
        cancellationToken);

    public async Task<IReadOnlyList<WaitingTriggers>> MeasureAsync(
        string scheduler, DateTimeOffset now, CancellationToken cancellationToken = default) =>
        await Database.ListAsync(
            Measure,
            new Parameters().Text("scheduler", scheduler).Number("now", now.UtcTicks),
            row => new WaitingTriggers(row.Text("Queue"), row.Integer("Priority"), row.Integer("Waiting"), row.Number("Oldest")),
            cancellationToken).ConfigureAwait(false);

    public async Task<IReadOnlyList<(string Name, string Group)>> ListGivenUpAsync(
        string scheduler, string jobClass, CancellationToken cancellationToken = default) =>
        await Database.ListAsync(
            ListGivenUp,
            new Parameters().Text("scheduler", scheduler).Text("jobClass", jobClass),
            row => (row.Text("Name"), row.Text("Kind")),
            cancellationToken).ConfigureAwait(false);
}
