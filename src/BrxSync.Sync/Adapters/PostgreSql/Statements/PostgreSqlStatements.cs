using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>The PostgreSQL form of the statements that both dialects share.</summary>
internal static class PostgreSqlStatements
{
    private const string AccountColumns = """
        user_id::text as UserId, cardtrader_token_encrypted as Token, webhook_secret as Secret, sync_status as Status,
        (extract(epoch from last_sync_at) * 1000000)::bigint as LastSyncAt, last_error as LastError,
        cardtrader_user_id as CardTraderUserId, cardtrader_app_id as AppId, cardtrader_app_name as AppName, currency as Currency,
        (extract(epoch from suspended_at) * 1000000)::bigint as SuspendedAt, (extract(epoch from stopped_at) * 1000000)::bigint as StoppedAt,
        stop_reason as StopReason, writes_enabled as WritesEnabled, safety_copies as SafetyCopies, safety_percent as SafetyPercent
        """;

    private const string OperationColumns = """
        operation_id as OperationId, user_id::text as UserId, operation_type as Kind, status as Status,
        operation_metadata::text as Metadata, error as Error, (extract(epoch from created_at) * 1000000)::bigint as CreatedAt,
        (extract(epoch from heartbeat_at) * 1000000)::bigint as HeartbeatAt,
        (extract(epoch from completed_at) * 1000000)::bigint as CompletedAt, attempt as Attempt,
        (extract(epoch from next_attempt_at) * 1000000)::bigint as NextAttemptAt
        """;

    private const string ItemColumns = """
        id as Id, external_stock_id as ExternalStockId, blueprint_id as BlueprintId, quantity + held_back as Quantity, price_cents as PriceCents,
        held_back as HeldBack, safety_copies as SafetyCopies, safety_percent as SafetyPercent,
        (select a.currency from user_sync_settings a where a.user_id = @account::uuid) as Currency,
        properties::text as Properties, description as Description, user_data_field as UserDataField, graded as Graded, status as Status,
        missing_count::int as MissingCount, row_version as RowVersion, (extract(epoch from updated_at) * 1000000)::bigint as UpdatedAt
        """;

    public const string JournalColumns = """
        j.position as Position, j.external_stock_id as ExternalStockId, j.cause as Cause, j.source_id as SourceId, j.actor as Actor,
        j.quantity_before as QuantityBefore, j.quantity_after as QuantityAfter, j.oversold as Oversold, j.price_before as PriceBefore,
        j.price_after as PriceAfter, j.changed_fields::int as Fields, (extract(epoch from j.recorded_at) * 1000000)::bigint as RecordedAt
        """;

    /// <summary>The row of a first load is found by its item, all others by the index on products.</summary>
    private static string ItemJournal(string condition) => $"""
        select {JournalColumns} from stock_journal j
        where j.user_id = @account::uuid and j.external_stock_id = @externalStockId and not j.came_first and j.{condition}
        union all
        select {JournalColumns}
        from user_inventory_items i join stock_journal j on j.user_id = i.user_id and j.position = i.first_position
        where i.user_id = @account::uuid and i.external_stock_id = @externalStockId and j.external_stock_id = i.external_stock_id and j.came_first and j.{condition}
        """;

    private const string InView = "user_id = @account::uuid and missing_count < 2";

    internal const string Now = "to_timestamp(@now / 1000000.0)";

    private const string Live = "status in ('pending', 'running', 'retrying')";

    private const string Ended = "status not in ('pending', 'running', 'retrying')";

    private const string LiveAlone = $"{Live} and operation_type <> 'bulk_edit'";

    internal const string Silent =
        "status = 'running' and (heartbeat_at < to_timestamp(@silent / 1000000.0) or heartbeat_at > to_timestamp(@latestSign / 1000000.0))";

    internal const string Active = "a.cardtrader_token_encrypted is not null and a.suspended_at is null and a.stopped_at is null";

    /// <summary>A feed without a cursor is to get one. Accounts are fed as long as they are connected, active or not.</summary>
    internal const string HasFeed = $"""
        a.cardtrader_token_encrypted is not null
               and exists (select 1 from jsonb_array_elements_text(@feeds::jsonb) n (value)
                           left join stock_feeds f on f.user_id = a.user_id and f.name = n.value
                           where f.name is null
                              or (f.paused_at is null and f.position < a.journal_position
                                  and (f.not_before is null or f.not_before <= {Now} or f.not_before > to_timestamp(@latestFeed / 1000000.0))))
        """;

    private const string Snapshot =
        "sync_snapshots s where s.user_id = sync_operations.user_id and s.operation_id = sync_operations.operation_id";

    /// <summary>
    /// Statements on the primary key or on an index that starts with the account. Those of one transaction take the account's row first,
    /// so that they wait for a run that is applying and see what it committed.
    /// </summary>
    public static AccountStatements Accounts { get; } = new()
    {
        Find = $"select {AccountColumns} from user_sync_settings where user_id = @id::uuid",
        Stream = $"select {AccountColumns} from user_sync_settings order by user_id",
        Create = $"""
            insert into user_sync_settings (user_id, journal_position, created_at, updated_at)
            values (@id::uuid, coalesce((select max(position) from stock_journal where user_id = @id::uuid), 0), {Now}, {Now})
            on conflict (user_id) do nothing
            """,
        LockSeller = "select cardtrader_user_id from user_sync_settings where user_id = @id::uuid for update",
        Connect = $"""
            update user_sync_settings
            set cardtrader_token_encrypted = @TokenCiphertext, webhook_secret = @WebhookSecretCiphertext,
                cardtrader_user_id = coalesce(@CardTraderUserId::bigint, cardtrader_user_id), cardtrader_app_id = @CardTraderAppId,
                cardtrader_app_name = @CardTraderAppName,
                sync_status = case when stopped_at is null or sync_status <> 'error' then sync_status
                                   when last_sync_at is null then 'idle' else 'active' end,
                last_error = case when stopped_at is null then last_error end, stopped_at = null, stop_reason = null, updated_at = {Now}
            where user_id = @id::uuid
              and not exists (select 1 from user_sync_settings o where o.cardtrader_user_id = @CardTraderUserId::bigint and o.user_id <> @id::uuid)
            returning {AccountColumns}
            """,
        FenceRuns = $"""
            update user_sync_settings set epoch = epoch + 1, sync_status = 'idle', updated_at = {Now} where user_id = @id::uuid
            """,
        CancelOperations = $"""
            update sync_operations
            set status = {CommittedAs("'cancelled'")}, error = {ErrorUnlessApplied("'Cancelled.'")}, completed_at = {Now}
            where user_id = @id::uuid and {Live};
            delete from job_retries where user_id = @id::uuid
            """,
        ForgetSeller = $"""
            update user_sync_settings
            set currency = null, last_sync_at = null, last_error = null, books_started_at = null, snapshot_from = null, snapshot_to = null,
                orders_known_until = null, orders_polled_at = null, last_order_id = null, withheld_to = null,
                accepted_fall_linked = null, accepted_fall_seen = null, accepted_currency = null
            where user_id = @id::uuid;
            update sync_snapshots set can_be_confirmed = false where user_id = @id::uuid and can_be_confirmed
            """,
        DiscardWork = $"""
            delete from reread_requests where user_id = @id::uuid;
            delete from order_fetches where user_id = @id::uuid;
            update pending_changes c
            set history = {ChangeQueries.History}, state = case when state in ('waiting', 'sent', 'in_doubt', 'reserved') then 'failed' else state end, is_open = false,
                error_code = case when state in ('waiting', 'sent', 'in_doubt', 'reserved') then 'discarded' else error_code end,
                error = case when state in ('waiting', 'sent', 'in_doubt', 'reserved') then 'The connection of the account was removed before it was settled.'
                             else error end
            where user_id = @id::uuid and is_open and held_back = 0;
            delete from sync_cursors where user_id = @id::uuid;
            delete from sync_stage where user_id = @id::uuid;
            delete from webhook_inbox where user_id = @id::uuid and outcome = 'waiting';
            delete from dead_letters where user_id = @id::uuid and status = 'open';
            update stock_feeds set paused_at = null, attempts = 0, error = null, version = version + 1
            where user_id = @id::uuid and paused_at is not null
            """,
        Suspend = $"""
            update user_sync_settings set suspended_at = coalesce(suspended_at, {Now}) where user_id = @id::uuid returning {AccountColumns}
            """,
        SetWrites = $"""
            update user_sync_settings set writes_enabled = @enabled, updated_at = {Now} where user_id = @id::uuid returning {AccountColumns}
            """,
        SetSafetyStock = $"""
            update user_sync_settings set safety_copies = @copies, safety_percent = @percent, safety_actor = @actor, updated_at = {Now}
            where user_id = @id::uuid returning {AccountColumns}
            """,
        MarkHolds = """
            update user_inventory_items set hold = 1
            where user_id = @id::uuid and safety_copies is null and hold <> 1 and (held_back > 0 or (quantity > 0 and @copies + @percent > 0))
            """,
        Resume = $"""
            update user_sync_settings set suspended_at = null, updated_at = {Now} where user_id = @id::uuid returning {AccountColumns}
            """,
        Erase = $"""
            update user_sync_settings
            set cardtrader_token_encrypted = null, webhook_secret = null, cardtrader_user_id = null, cardtrader_app_id = null,
                cardtrader_app_name = null, suspended_at = null, stopped_at = null, stop_reason = null
            where user_id = @id::uuid
            returning {AccountColumns}
            """,
        Stop = $"""
            update user_sync_settings
            set stopped_at = {Now}, stop_reason = @reason, sync_status = 'error', last_error = @reason, updated_at = {Now}
            where user_id = @id::uuid and cardtrader_token_encrypted = @token and stopped_at is null
            returning {AccountColumns}
            """,
        FailQueued = $"""
            update sync_operations set status = 'failed', error = @reason, completed_at = {Now} where user_id = @id::uuid and status in ('pending', 'retrying')
            """,
        ReplaceSecrets = $"""
            update user_sync_settings set cardtrader_token_encrypted = @token, webhook_secret = @webhookSecret, updated_at = {Now}
            where user_id = @id::uuid and cardtrader_token_encrypted is not distinct from @expectedToken::text and webhook_secret is not distinct from @expectedSecret::text
            """,
        SetStatus = $"""
            update user_sync_settings
            set sync_status = case when stopped_at is not null and @status = 'active' then 'error' else @status end,
                last_error = coalesce(stop_reason, @error), last_sync_at = coalesce(to_timestamp(@syncedAt / 1000000.0), last_sync_at), updated_at = {Now}
            where user_id = @id::uuid and (@epoch::bigint is null or epoch = @epoch::bigint)
            """,
    };

    /// <summary>One pass over the accounts; nothing is locked.</summary>
    public const string Freshness = """
        select (extract(epoch from min(coalesce(last_sync_at, created_at))) * 1000000)::bigint as Oldest,
               count(*) filter (where coalesce(last_sync_at, created_at) not between to_timestamp(@staleBefore / 1000000.0) and to_timestamp(@latest / 1000000.0)) as Stale
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
            values (@account::uuid, @id, @kind, 'running', @traceParent, {Now}, {Now}, {Now})
            on conflict (user_id, operation_type) where {LiveAlone} do update
            set status = 'running', started_at = {Now}, heartbeat_at = {Now}, next_attempt_at = null, error = null,
                attempt = sync_operations.attempt + case sync_operations.status when 'retrying' then 1 else 0 end
            where sync_operations.status in ('pending', 'retrying')
            returning {OperationColumns}
            """,
        LockActiveAccount = $"select user_id::text from user_sync_settings a where user_id = @account::uuid and {Active} for update",
        CloseSilent = $"""
            update sync_operations
            set status = {CommittedAs("'failed'")}, error = {ErrorUnlessApplied("@error")}, completed_at = {Now}
            where user_id = @account::uuid and operation_type = @kind and {Silent}
            """,
        Queue = $"""
            insert into sync_operations (user_id, operation_id, operation_type, status, trace_parent, created_at)
            values (@account::uuid, @id, @kind, 'pending', @traceParent, {Now})
            on conflict (user_id, operation_type) where {LiveAlone} do nothing
            returning {OperationColumns}
            """,
        FindLive = $"""
            select {OperationColumns} from sync_operations
            where user_id = @account::uuid and operation_type = @kind and {Live} order by id desc limit 1
            """,
        ShowQueued = $"update user_sync_settings set sync_status = 'initial_sync', updated_at = {Now} where user_id = @account::uuid",
        Report = $"""
            update sync_operations set operation_metadata = @metadata::jsonb, heartbeat_at = {Now}
            where user_id = @account::uuid and operation_id = @id and {Live}
            """,
        Complete = $"""
            update sync_operations
            set status = @status, error = @error, completed_at = {Now}, heartbeat_at = {Now},
                operation_metadata = coalesce(@metadata::jsonb, operation_metadata)
            where user_id = @account::uuid and operation_id = @id and {Live}
            """,
        LockAccount = "select user_id::text as UserId from user_sync_settings where user_id = @account::uuid for no key update",
        Begin = $"""
            insert into sync_operations as o (user_id, operation_id, operation_type, status, trace_parent, created_at, started_at, heartbeat_at)
            values (@account::uuid, @id, @kind, 'running', @traceParent, {Now}, {Now}, {Now})
            on conflict (user_id, operation_id) do update
            set status = 'running', error = null, completed_at = null, trace_parent = @traceParent, heartbeat_at = {Now},
                started_at = greatest({Now}, o.started_at + interval '1 microsecond')
            where o.operation_type = @kind and (o.{Ended} or o.heartbeat_at < to_timestamp(@silent / 1000000.0) or o.heartbeat_at > to_timestamp(@latestSign / 1000000.0))
            returning {OperationColumns}, (extract(epoch from started_at) * 1000000)::bigint as StartedAt
            """,
        CloseAllSilent = $"""
            update sync_operations set status = 'failed', error = @error, completed_at = {Now}
            where completed_at is null and operation_type = @kind and {Silent}
            """,
        CloseInterrupted = $"""
            update sync_operations
            set status = {CommittedAs("'failed'")}, error = {ErrorUnlessApplied("@error")}, completed_at = {Now}
            where user_id = @account::uuid and operation_type = @kind and status = 'running'
            """,
        FenceRun = $"""
            update user_sync_settings as a
            set epoch = a.epoch + case when exists (
                    select 1 from sync_operations r where r.user_id = a.user_id and r.status = 'running' and r.operation_id <> @id and r.operation_type <> 'bulk_edit')
                      or exists (select 1 from sync_operations b where b.user_id = a.user_id and b.operation_id = @id and b.operation_type = 'bulk_edit') then 0 else 1 end,
                sync_status = case when a.sync_status <> 'initial_sync' or exists (
                                       select 1 from sync_operations b where b.user_id = a.user_id and b.operation_id = @id and b.operation_type = 'bulk_edit') then a.sync_status when a.last_sync_at is null then 'idle' else 'active' end,
                updated_at = {Now}
            where a.user_id = @account::uuid and exists (select 1 from sync_operations o where o.user_id = a.user_id and o.operation_id = @id and o.{Live})
            """,
        Cancel = $"""
            update sync_operations
            set status = {CommittedAs("'cancelled'")}, error = {ErrorUnlessApplied("'Cancelled.'")}, completed_at = {Now}
            where user_id = @account::uuid and operation_id = @id and {Live}
            returning {OperationColumns}
            """,
        EndRetries = "delete from job_retries where user_id = @account::uuid and operation_id = @id",
        Find = $"select {OperationColumns} from sync_operations where user_id = @account::uuid and operation_id = @id",
        FindAnywhere = $"select {OperationColumns} from sync_operations where operation_id = @id order by created_at limit 1",
        List = $"select {OperationColumns} from sync_operations where user_id = @account::uuid order by id desc limit @limit",
    };

    /// <summary>Plain reads; nothing is locked.</summary>
    public static InventoryStatements Inventory { get; } = new()
    {
        Stream = $"select {ItemColumns} from user_inventory_items where {InView} order by id",
        Summarize = $"""
            select count(*) as Rows, count(*) filter (where quantity + held_back > 0) as InStock, coalesce(sum(quantity + held_back), 0)::bigint as Units
            from user_inventory_items where {InView}
            """,
        FindByExternalId = $"""
            select {ItemColumns} from user_inventory_items where user_id = @account::uuid and external_stock_id = @externalStockId
            """,
        StreamJournal =
            $"select {JournalColumns} from stock_journal j where j.user_id = @account::uuid and j.position > @after order by j.position",
        StreamItemJournal = $"{ItemJournal("position > @after")} order by Position",
        ListJournal = $"""
            select {JournalColumns} from stock_journal j where j.user_id = @account::uuid and j.position < @before order by j.position desc limit @limit
            """,
        ListItemJournal = $"{ItemJournal("position < @before")} order by Position desc limit @limit",
        GetJournalPosition = "select journal_position as Position from user_sync_settings where user_id = @account::uuid",
    };

    private static string CommittedAs(string otherwise) =>
        $"case (select s.verdict from {Snapshot} order by s.id desc limit 1) when 'applied' then 'completed' when 'withheld' then 'withheld' else {otherwise} end";

    private static string ErrorUnlessApplied(string error) =>
        $"case when exists (select 1 from {Snapshot} and s.verdict = 'applied') then null else {error} end";
}
