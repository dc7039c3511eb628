using System.Data.Common;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql.Access;

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
