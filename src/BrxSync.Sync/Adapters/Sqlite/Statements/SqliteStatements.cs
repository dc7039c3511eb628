using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>The SQLite form of the statements that both dialects share.</summary>
internal static class SqliteStatements
{
    private const string AccountColumns = """
        user_id as UserId, cardtrader_token_encrypted as Token, webhook_secret as Secret, sync_status as Status,
        last_sync_at as LastSyncAt, last_error as LastError, cardtrader_user_id as CardTraderUserId, cardtrader_app_id as AppId,
        cardtrader_app_name as AppName, currency as Currency, suspended_at as SuspendedAt, stopped_at as StoppedAt, stop_reason as StopReason,
        writes_enabled as WritesEnabled, safety_copies as SafetyCopies, safety_percent as SafetyPercent
        """;

    private const string OperationColumns = """
        operation_id as OperationId, user_id as UserId, operation_type as Kind, status as Status, operation_metadata as Metadata,
        error as Error, created_at as CreatedAt, heartbeat_at as HeartbeatAt, completed_at as CompletedAt,
        attempt as Attempt, next_attempt_at as NextAttemptAt
        """;

    private const string ItemColumns = """
        id as Id, external_stock_id as ExternalStockId, blueprint_id as BlueprintId, quantity + held_back as Quantity, price_cents as PriceCents,
        held_back as HeldBack, safety_copies as SafetyCopies, safety_percent as SafetyPercent,
        (select a.currency from user_sync_settings a where a.user_id = @account) as Currency,
        properties as Properties, description as Description, user_data_field as UserDataField, graded as Graded, status as Status,
        missing_count as MissingCount, row_version as RowVersion, updated_at as UpdatedAt
        """;

    public const string JournalColumns = """
        position as Position, external_stock_id as ExternalStockId, cause as Cause, source_id as SourceId, actor as Actor,
        quantity_before as QuantityBefore, quantity_after as QuantityAfter, oversold as Oversold, price_before as PriceBefore,
        price_after as PriceAfter, changed_fields as Fields, recorded_at as RecordedAt
        """;

    private const string InView = "user_id = @account and missing_count < 2";

    private const string Live = "status in ('pending', 'running', 'retrying')";

    private const string Ended = "status not in ('pending', 'running', 'retrying')";

    private const string LiveAlone = $"{Live} and operation_type <> 'bulk_edit'";

    internal const string Silent = "status = 'running' and (heartbeat_at < @silent or heartbeat_at > @latestSign)";

    internal const string Active = "a.cardtrader_token_encrypted is not null and a.suspended_at is null and a.stopped_at is null";

    /// <summary>A feed without a cursor is to get one. Accounts are fed as long as they are connected, active or not.</summary>
    internal const string HasFeed = $"""
        a.cardtrader_token_encrypted is not null
               and exists (select 1 from json_each(@feeds) n
                           left join stock_feeds f on f.user_id = a.user_id and f.name = n.value
                           where f.name is null
                              or (f.paused_at is null and f.position < a.journal_position
                                  and (f.not_before is null or f.not_before <= @now or f.not_before > @latestFeed)))
        """;

    private const string Snapshot =
        "sync_snapshots s where s.user_id = sync_operations.user_id and s.operation_id = sync_operations.operation_id";

    /// <summary>
    /// Statements on the primary key or on an index that starts with the account. Those of one transaction take the account's row first,
    /// so that they wait for a run that is applying and see what it committed.
    /// </summary>
    public static AccountStatements Accounts { get; } = new()
    {
        Find = $"select {AccountColumns} from user_sync_settings where user_id = @id",
        Stream = $"select {AccountColumns} from user_sync_settings order by user_id",
        Create = $"""
            insert into user_sync_settings (user_id, journal_position, created_at, updated_at)
            values (@id, coalesce((select max(position) from stock_journal where user_id = @id), 0), @now, @now)
            on conflict (user_id) do nothing
            """,
        LockSeller = "select cardtrader_user_id from user_sync_settings where user_id = @id",
        Connect = $"""
            update user_sync_settings
            set cardtrader_token_encrypted = @TokenCiphertext, webhook_secret = @WebhookSecretCiphertext,
                cardtrader_user_id = coalesce(@CardTraderUserId, cardtrader_user_id), cardtrader_app_id = @CardTraderAppId,
                cardtrader_app_name = @CardTraderAppName,
                sync_status = case when stopped_at is null or sync_status <> 'error' then sync_status
                                   when last_sync_at is null then 'idle' else 'active' end,
                last_error = case when stopped_at is null then last_error end, stopped_at = null, stop_reason = null, updated_at = @now
            where user_id = @id
              and not exists (select 1 from user_sync_settings o where o.cardtrader_user_id = @CardTraderUserId and o.user_id <> @id)
            returning {AccountColumns}
            """,
        FenceRuns = $"""
            update user_sync_settings set epoch = epoch + 1, sync_status = 'idle', updated_at = @now where user_id = @id
            """,
        CancelOperations = $"""
            update sync_operations
            set status = {CommittedAs("'cancelled'")}, error = {ErrorUnlessApplied("'Cancelled.'")}, completed_at = @now
            where user_id = @id and {Live};
            delete from job_retries where user_id = @id
            """,
        ForgetSeller = $"""
            update user_sync_settings
            set currency = null, last_sync_at = null, last_error = null, books_started_at = null, snapshot_from = null, snapshot_to = null,
                orders_known_until = null, orders_polled_at = null, last_order_id = null, withheld_to = null,
                accepted_fall_linked = null, accepted_fall_seen = null, accepted_currency = null
            where user_id = @id;
            update sync_snapshots set can_be_confirmed = false where user_id = @id and can_be_confirmed
            """,
        DiscardWork = $"""
            delete from reread_requests where user_id = @id;
            delete from order_fetches where user_id = @id;
            update pending_changes
            set state = case when state in ('waiting', 'sent', 'in_doubt', 'reserved') then 'failed' else state end, is_open = 0,
                error_code = case when state in ('waiting', 'sent', 'in_doubt', 'reserved') then 'discarded' else error_code end,
                error = case when state in ('waiting', 'sent', 'in_doubt', 'reserved') then 'The connection of the account was removed before it was settled.'
                             else error end
            where user_id = @id and is_open = 1 and held_back = 0;
            delete from sync_cursors where user_id = @id;
            delete from sync_stage where user_id = @id;
            delete from webhook_inbox where user_id = @id and outcome = 'waiting';
            delete from dead_letters where user_id = @id and status = 'open';
            update stock_feeds set paused_at = null, attempts = 0, error = null, version = version + 1
            where user_id = @id and paused_at is not null
            """,
        Suspend = $"""
            update user_sync_settings set suspended_at = coalesce(suspended_at, @now) where user_id = @id returning {AccountColumns}
            """,
        SetWrites = $"""
            update user_sync_settings set writes_enabled = @enabled, updated_at = @now where user_id = @id returning {AccountColumns}
            """,
        SetSafetyStock = $"""
            update user_sync_settings set safety_copies = @copies, safety_percent = @percent, safety_actor = @actor, updated_at = @now
            where user_id = @id returning {AccountColumns}
            """,
        MarkHolds = """
            update user_inventory_items set hold = 1
            where user_id = @id and safety_copies is null and hold <> 1 and (held_back > 0 or (quantity > 0 and @copies + @percent > 0))
            """,
        Resume = $"""
            update user_sync_settings set suspended_at = null, updated_at = @now where user_id = @id returning {AccountColumns}
            """,
        Erase = $"""
            update user_sync_settings
            set cardtrader_token_encrypted = null, webhook_secret = null, cardtrader_user_id = null, cardtrader_app_id = null,
                cardtrader_app_name = null, suspended_at = null, stopped_at = null, stop_reason = null
            where user_id = @id
            returning {AccountColumns}
            """,
        Stop = $"""
            update user_sync_settings
            set stopped_at = @now, stop_reason = @reason, sync_status = 'error', last_error = @reason, updated_at = @now
            where user_id = @id and cardtrader_token_encrypted = @token and stopped_at is null
            returning {AccountColumns}
            """,
        FailQueued = $"""
            update sync_operations set status = 'failed', error = @reason, completed_at = @now where user_id = @id and status in ('pending', 'retrying')
            """,
        ReplaceSecrets = $"""
            update user_sync_settings set cardtrader_token_encrypted = @token, webhook_secret = @webhookSecret, updated_at = @now
            where user_id = @id and cardtrader_token_encrypted is @expectedToken and webhook_secret is @expectedSecret
            """,
        SetStatus = $"""
            update user_sync_settings
            set sync_status = case when stopped_at is not null and @status = 'active' then 'error' else @status end,
                last_error = coalesce(stop_reason, @error), last_sync_at = coalesce(@syncedAt, last_sync_at), updated_at = @now
            where user_id = @id and (@epoch is null or epoch = @epoch)
            """,
    };

    /// <summary>One pass over the accounts; nothing is locked.</summary>
    public const string Freshness = """
        select min(coalesce(last_sync_at, created_at)) as Oldest,
               count(*) filter (where coalesce(last_sync_at, created_at) not between @staleBefore and @latest) as Stale
        from user_sync_settings where cardtrader_token_encrypted is not null and suspended_at is null
        """;

    /// <summary>
    /// TryStart and Queue rely on the partial unique index of live operations; the others are statements on the account, or on its
    /// operation's id. Queueing takes the account's row first, as ending a connection does, so that none slips in between.
    /// </summary>
    public static OperationStatements Operations { get; } = new()
    {
        TryStart = $"""
            insert into sync_operations (user_id, operation_id, operation_type, status, trace_parent, created_at, started_at, heartbeat_at)
            values (@account, @id, @kind, 'running', @traceParent, @now, @now, @now)
            on conflict (user_id, operation_type) where {LiveAlone} do update
            set status = 'running', started_at = @now, heartbeat_at = @now, next_attempt_at = null, error = null,
                attempt = sync_operations.attempt + case sync_operations.status when 'retrying' then 1 else 0 end
            where sync_operations.status in ('pending', 'retrying')
            returning {OperationColumns}
            """,
        LockActiveAccount = $"select user_id from user_sync_settings a where user_id = @account and {Active}",
        CloseSilent = $"""
            update sync_operations
            set status = {CommittedAs("'failed'")}, error = {ErrorUnlessApplied("@error")}, completed_at = @now
            where user_id = @account and operation_type = @kind and {Silent}
            """,
        Queue = $"""
            insert into sync_operations (user_id, operation_id, operation_type, status, trace_parent, created_at)
            values (@account, @id, @kind, 'pending', @traceParent, @now)
            on conflict (user_id, operation_type) where {LiveAlone} do nothing
            returning {OperationColumns}
            """,
        FindLive = $"""
            select {OperationColumns} from sync_operations
            where user_id = @account and operation_type = @kind and {Live} order by id desc limit 1
            """,
        ShowQueued = "update user_sync_settings set sync_status = 'initial_sync', updated_at = @now where user_id = @account",
        Report = $"""
            update sync_operations set operation_metadata = @metadata, heartbeat_at = @now
            where user_id = @account and operation_id = @id and {Live}
            """,
        Complete = $"""
            update sync_operations
            set status = @status, error = @error, completed_at = @now, heartbeat_at = @now,
                operation_metadata = coalesce(@metadata, operation_metadata)
            where user_id = @account and operation_id = @id and {Live}
            """,
        LockAccount = "select user_id as UserId from user_sync_settings where user_id = @account",
        Begin = $"""
            insert into sync_operations as o (user_id, operation_id, operation_type, status, trace_parent, created_at, started_at, heartbeat_at)
            values (@account, @id, @kind, 'running', @traceParent, @now, @now, @now)
            on conflict (user_id, operation_id) do update
            set status = 'running', error = null, completed_at = null, trace_parent = @traceParent, heartbeat_at = @now,
                started_at = max(@now, coalesce(o.started_at, 0) + 1)
            where o.operation_type = @kind and (o.{Ended} or o.heartbeat_at < @silent or o.heartbeat_at > @latestSign)
            returning {OperationColumns}, started_at as StartedAt
            """,
        CloseAllSilent = $"""
            update sync_operations set status = 'failed', error = @error, completed_at = @now
            where completed_at is null and operation_type = @kind and {Silent}
            """,
        CloseInterrupted = $"""
            update sync_operations
            set status = {CommittedAs("'failed'")}, error = {ErrorUnlessApplied("@error")}, completed_at = @now
            where user_id = @account and operation_type = @kind and status = 'running'
            """,
        FenceRun = $"""
            update user_sync_settings as a
            set epoch = a.epoch + case when exists (
                    select 1 from sync_operations r where r.user_id = a.user_id and r.status = 'running' and r.operation_id <> @id and r.operation_type <> 'bulk_edit')
                      or exists (select 1 from sync_operations b where b.user_id = a.user_id and b.operation_id = @id and b.operation_type = 'bulk_edit') then 0 else 1 end,
                sync_status = case when a.sync_status <> 'initial_sync' or exists (
                                       select 1 from sync_operations b where b.user_id = a.user_id and b.operation_id = @id and b.operation_type = 'bulk_edit') then a.sync_status when a.last_sync_at is null then 'idle' else 'active' end,
                updated_at = @now
            where a.user_id = @account and exists (select 1 from sync_operations o where o.user_id = a.user_id and o.operation_id = @id and o.{Live})
            """,
        Cancel = $"""
            update sync_operations
            set status = {CommittedAs("'cancelled'")}, error = {ErrorUnlessApplied("'Cancelled.'")}, completed_at = @now
            where user_id = @account and operation_id = @id and {Live}
            returning {OperationColumns}
            """,
        EndRetries = "delete from job_retries where user_id = @account and operation_id = @id",
        Find = $"select {OperationColumns} from sync_operations where user_id = @account and operation_id = @id",
        FindAnywhere = $"select {OperationColumns} from sync_operations where operation_id = @id order by created_at limit 1",
        List = $"select {OperationColumns} from sync_operations where user_id = @account order by id desc limit @limit",
    };

    /// <summary>Plain reads of one WAL snapshot each; no lock is taken.</summary>
    public static InventoryStatements Inventory { get; } = new()
    {
        Stream = $"select {ItemColumns} from user_inventory_items where {InView} order by id",
        Summarize = $"""
            select count(*) as Rows, count(*) filter (where quantity + held_back > 0) as InStock, coalesce(sum(quantity + held_back), 0) as Units
            from user_inventory_items where {InView}
            """,
        FindByExternalId = $"""
            select {ItemColumns} from user_inventory_items where user_id = @account and external_stock_id = @externalStockId
            """,
        StreamJournal =
            $"select {JournalColumns} from stock_journal where user_id = @account and position > @after order by position",
        StreamItemJournal = $"""
            select {JournalColumns} from stock_journal
            where user_id = @account and external_stock_id = @externalStockId and position > @after order by position
            """,
        ListJournal = $"""
            select {JournalColumns} from stock_journal where user_id = @account and position < @before order by position desc limit @limit
            """,
        ListItemJournal = $"""
            select {JournalColumns} from stock_journal
            where user_id = @account and external_stock_id = @externalStockId and position < @before order by position desc limit @limit
            """,
        GetJournalPosition = "select journal_position as Position from user_sync_settings where user_id = @account",
    };

    private static string CommittedAs(string otherwise) =>
        $"case (select s.verdict from {Snapshot} order by s.id desc limit 1) when 'applied' then 'completed' when 'withheld' then 'withheld' else {otherwise} end";

    private static string ErrorUnlessApplied(string error) =>
        $"case when exists (select 1 from {Snapshot} and s.verdict = 'applied') then null else {error} end";
}
