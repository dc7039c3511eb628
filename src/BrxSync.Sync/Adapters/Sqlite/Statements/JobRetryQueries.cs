using BrxSync.Sync.Adapters.Sql.Work;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>Jobs that failed, in SQLite: rows by their key, and those that are due by the index on their times.</summary>
internal static class JobRetryQueries
{
    private const string Columns = """
        user_id as UserId, kind as Kind, operation_id as OperationId, attempts as Attempts, first_failed_at as FirstFailedAt,
        not_before as NotBefore, is_given_up as IsGivenUp
        """;

    private const string Save = """
        insert into job_retries (user_id, kind, operation_id, attempts, first_failed_at, not_before, is_given_up)
        values (@account, @kind, @operation, @attempts, @firstFailedAt, @notBefore, @isGivenUp)
        on conflict (user_id, kind) do update
        set operation_id = excluded.operation_id, attempts = excluded.attempts, first_failed_at = excluded.first_failed_at,
            not_before = excluded.not_before, is_given_up = excluded.is_given_up
        """;

    public static JobRetryStatements All { get; } = new()
    {
        Find = $"select {Columns} from job_retries where user_id = @account and kind = @kind",
        ShowRetrying = """
            update sync_operations
            set status = 'retrying', error = @error, next_attempt_at = @notBefore, heartbeat_at = @now
            where operation_id = @operation and user_id = @account and status in ('running', 'retrying')
            """,
        Save = Save,
        Remove = "delete from job_retries where user_id = @account and kind = @kind",
        ListDue = $"""
            select {Columns} from job_retries
            where is_given_up = 0 and (not_before <= @now or not_before > @latest) order by not_before limit @limit
            """,
    };

    /// <summary>For a step on the stock.</summary>
    public const string GiveUp = Save;

    /// <summary>
    /// Ends the operation that was to be tried again. A full sync whose run never began is found as the one that waits.
    /// </summary>
    public const string FailOperation = """
        update sync_operations set status = 'failed', error = @error, completed_at = @now, next_attempt_at = null
        where user_id = @account and status in ('pending', 'running', 'retrying')
          and (operation_id = @operation or (@operation is null and @kind = 'sync' and operation_type = 'bulk_sync' and status <> 'running'))
        """;

    /// <summary>Shows the account of an operation that was ended just now as failed.</summary>
    public const string FailAccount = """
        update user_sync_settings set sync_status = 'error', last_error = @error, updated_at = @now
        where user_id = @account and stopped_at is null and changes() > 0
        """;

    /// <summary>Forgets that a job failed, so that it is run at once.</summary>
    public const string End = "delete from job_retries where user_id = @account and kind = @kind";

    /// <summary>Queues a full sync unless one is live.</summary>
    public const string QueueSync = """
        insert into sync_operations (user_id, operation_id, operation_type, status, trace_parent, created_at)
        values (@account, @operation, 'bulk_sync', 'pending', @traceParent, @now)
        on conflict (user_id, operation_type) where status in ('pending', 'running', 'retrying') and operation_type <> 'bulk_edit' do nothing
        """;

    /// <summary>Shows the account as being synchronized where a sync was queued just now.</summary>
    public const string ShowQueued = """
        update user_sync_settings set sync_status = 'initial_sync', updated_at = @now where user_id = @account and changes() > 0
        """;
}
