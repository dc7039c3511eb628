using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.Sqlite;

/// <summary>The SQLite form of the statements that both dialects share.</summary>
internal static class SqliteStatements
{
    private const string AccountColumns = """
        user_id as UserId, cardtrader_token_encrypted as Token, webhook_secret as Secret, sync_status as Status,
        last_sync_at as LastSyncAt, last_error as LastError, cardtrader_user_id as CardTraderUserId, cardtrader_app_id as AppId,
        cardtrader_app_name as AppName, currency as Currency
        """;

    private const string OperationColumns = """
        operation_id as OperationId, user_id as UserId, operation_type as Kind, status as Status, operation_metadata as Metadata,
        error as Error, created_at as CreatedAt, heartbeat_at as HeartbeatAt, completed_at as CompletedAt
        """;

    private const string ItemColumns = """
        id as Id, external_stock_id as ExternalStockId, blueprint_id as BlueprintId, quantity as Quantity, price_cents as PriceCents,
        properties as Properties, description as Description, user_data_field as UserDataField, graded as Graded, status as Status,
        missing_count as MissingCount, row_version as RowVersion, updated_at as UpdatedAt
        """;

    private const string InView = "user_id = @account and missing_count < 2";

    private const string Live = "status in ('pending', 'running', 'retrying')";

    /// <summary>Single-row statements on the primary key.</summary>
    public static AccountStatements Accounts { get; } = new()
    {
        Find = $"select {AccountColumns} from user_sync_settings where user_id = @id",
        Stream = $"select {AccountColumns} from user_sync_settings order by user_id",
        Save = $"""
            insert into user_sync_settings (user_id, cardtrader_token_encrypted, webhook_secret, cardtrader_user_id,
                                            cardtrader_app_id, cardtrader_app_name, created_at, updated_at)
            values (@id, @TokenCiphertext, @WebhookSecretCiphertext, @CardTraderUserId, @CardTraderAppId, @CardTraderAppName, @now, @now)
            on conflict (user_id) do update
            set cardtrader_token_encrypted = excluded.cardtrader_token_encrypted, webhook_secret = excluded.webhook_secret,
                cardtrader_user_id = coalesce(excluded.cardtrader_user_id, user_sync_settings.cardtrader_user_id), cardtrader_app_id = excluded.cardtrader_app_id,
                cardtrader_app_name = excluded.cardtrader_app_name, last_error = null, suspended_at = null, updated_at = @now,
                sync_status = case when sync_status = 'error' then 'idle' else sync_status end
            returning {AccountColumns}
            """,
        ReplaceSecrets = """
            update user_sync_settings set cardtrader_token_encrypted = @token, webhook_secret = @webhookSecret, updated_at = @now
            where user_id = @id and cardtrader_token_encrypted = @expectedToken
            """,
        SetStatus = """
            update user_sync_settings
            set sync_status = @status, last_error = @error, last_sync_at = coalesce(@syncedAt, last_sync_at), updated_at = @now
            where user_id = @id
            """,
    };

    /// <summary>TryStart relies on the partial unique index of live operations; the others are single-row statements on the unique id.</summary>
    public static OperationStatements Operations { get; } = new()
    {
        TryStart = $"""
            insert into sync_operations (user_id, operation_id, operation_type, status, trace_parent, created_at, started_at, heartbeat_at)
            values (@account, @id, @kind, 'running', @traceParent, @now, @now, @now)
            on conflict (user_id, operation_type) where {Live} do nothing
            returning {OperationColumns}
            """,
        Report = $"update sync_operations set operation_metadata = @metadata, heartbeat_at = @now where operation_id = @id and {Live}",
        Complete = $"""
            update sync_operations
            set status = @status, error = @error, completed_at = @now, heartbeat_at = @now,
                operation_metadata = coalesce(@metadata, operation_metadata)
            where operation_id = @id and {Live}
            """,
        CloseInterrupted = """
            update sync_operations
            set status = case (select verdict from sync_snapshots s where s.user_id = sync_operations.user_id and s.operation_id = sync_operations.operation_id)
                             when 'applied' then 'completed' when 'withheld' then 'withheld' else 'failed' end,
                error = case when exists (select 1 from sync_snapshots s where s.user_id = sync_operations.user_id and s.operation_id = sync_operations.operation_id and s.verdict = 'applied')
                             then null else @error end,
                completed_at = @now
            where user_id = @account and operation_type = @kind and status = 'running'
            """,
        Find = $"select {OperationColumns} from sync_operations where operation_id = @id",
        List = $"select {OperationColumns} from sync_operations where user_id = @account order by id desc limit @limit",
    };

    /// <summary>Plain reads of one WAL snapshot each; no lock is taken.</summary>
    public static InventoryStatements Inventory { get; } = new()
    {
        Stream = $"select {ItemColumns} from user_inventory_items where {InView} order by id",
        Summarize = $"""
            select count(*) as Rows, count(*) filter (where quantity > 0) as InStock, coalesce(sum(quantity), 0) as Units
            from user_inventory_items where {InView}
            """,
        FindByExternalId = $"""
            select {ItemColumns} from user_inventory_items where user_id = @account and external_stock_id = @externalStockId
            """,
        StreamJournal = """
            select external_stock_id as ExternalStockId, cause as Cause, source_id as SourceId, quantity_before as QuantityBefore,
                   quantity_after as QuantityAfter, recorded_at as RecordedAt
            from stock_journal where user_id = @account order by id
            """,
    };
}
