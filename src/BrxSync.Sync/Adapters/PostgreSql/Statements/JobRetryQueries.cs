using BrxSync.Sync.Adapters.Sql.Work;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>Jobs that failed, in PostgreSQL: rows by their key, and those that are due by the index on their times.</summary>
internal static class JobRetryQueries
{
    private const string Columns = """
        user_id::text as UserId, kind as Kind, operation_id as OperationId, attempts::bigint as Attempts,
        (extract(epoch from first_failed_at) * 1000000)::bigint as FirstFailedAt, (extract(epoch from not_before) * 1000000)::bigint as NotBefore,
        is_given_up as IsGivenUp
        """;

    private const string Save = """
        insert into job_retries (user_id, kind, operation_id, attempts, first_failed_at, not_before, is_given_up)
        values (@account::uuid, @kind, @operation, @attempts, to_timestamp(@firstFailedAt / 1000000.0), to_timestamp(@notBefore / 1000000.0), @isGivenUp)
        on conflict (user_id, kind) do update
        set operation_id = excluded.operation_id, attempts = excluded.attempts, first_failed_at = excluded.first_failed_at,
            not_before = excluded.not_before, is_given_up = excluded.is_given_up
        """;

    public static JobRetryStatements All { get; } = new()
    {
        Find = $"select {Columns} from job_retries where user_id = @account::uuid and kind = @kind",
        ShowRetrying = """
            update sync_operations
            set status = 'retrying', error = @error, next_attempt_at = to_timestamp(@notBefore / 1000000.0), heartbeat_at = to_timestamp(@now / 1000000.0)
            where operation_id = @operation and user_id = @account::uuid and status in ('running', 'retrying')
            """,
        Save = Save,
        Remove = "delete from job_retries where user_id = @account::uuid and kind = @kind",
        ListDue = $"""
            select {Columns} from job_retries
            where not is_given_up and (not_before <= to_timestamp(@now / 1000000.0) or not_before > to_timestamp(@latest / 1000000.0)) order by not_before limit @limit
            """,
    };

    /// <summary>For a step on the stock. $1 is the account.</summary>
    public const string GiveUp = """
        insert into job_retries (user_id, kind, operation_id, attempts, first_failed_at, not_before, is_given_up)
        values ($1, $2, $3, $4, $5, $6, true)
        on conflict (user_id, kind) do update
        set operation_id = excluded.operation_id, attempts = excluded.attempts, first_failed_at = excluded.first_failed_at,
            not_before = excluded.not_before, is_given_up = true
        """;

    /// <summary>
    /// Ends the operation that was to be tried again, and shows its account as failed. A full sync whose run never began is found as the
    /// one that waits. A step holds the account's row.
    /// </summary>
    public const string FailOperation = """
        with ended as (
            update sync_operations set status = 'failed', error = $4, completed_at = $5, next_attempt_at = null
            where user_id = $1 and status in ('pending', 'running', 'retrying')
              and (operation_id = $3 or ($3::text is null and $2::text = 'sync' and operation_type = 'bulk_sync' and status <> 'running'))
            returning 1)
        update user_sync_settings set sync_status = 'error', last_error = $4, updated_at = $5
        where user_id = $1 and stopped_at is null and exists (select 1 from ended)
        """;

    /// <summary>Forgets that jobs failed, so that they are run at once.</summary>
    public const string End = "delete from job_retries where user_id = $1 and kind = any($2::text[])";

    /// <summary>Queues a full sync unless one is live, and shows the account as being synchronized.</summary>
    public const string QueueSync = """
        with queued as (
            insert into sync_operations (user_id, operation_id, operation_type, status, trace_parent, created_at)
            select $1, $2, 'bulk_sync', 'pending', $3, $4
            on conflict (user_id, operation_type) where status in ('pending', 'running', 'retrying') and operation_type <> 'bulk_edit' do nothing
            returning 1)
        update user_sync_settings set sync_status = 'initial_sync', updated_at = $4 where user_id = $1 and exists (select 1 from queued)
        """;
}
