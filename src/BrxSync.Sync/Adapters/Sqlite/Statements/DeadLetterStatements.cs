using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>Dead letters in SQLite. They are written by steps, one after the other.</summary>
internal static class DeadLetterStatements
{
    private const string Columns = """
        d.number as Number, d.user_id as UserId, d.id as Id, d.source as Source, d.kind as Kind, d.status as Status, d.item_id as ItemId,
        d.external_stock_id as ExternalStockId, d.subject as Subject, d.attempts as Attempts, d.error_code as ErrorCode, d.error as Error,
        d.payload as Payload, d.first_failed_at as FirstFailedAt, d.last_failed_at as LastFailedAt, d.trace_parent as TraceParent,
        d.epoch as Epoch, d.settled_at as SettledAt, d.settled_by as SettledBy, d.reason as Reason,
        case when d.status <> 'open' then null
             when d.source = 'changes' then
                (select c.id from pending_changes f
                 join pending_changes c on c.user_id = f.user_id and c.item_id = f.item_id and c.seq > f.seq
                 where f.user_id = d.user_id and f.id = d.subject and f.item_id > 0 and c.state not in ('failed', 'superseded')
                   and (c.kind = 'delete' or (c.kind = f.kind and (f.kind <> 'set_fields' or c.fields & f.fields <> 0)))
                 order by c.seq limit 1)
             when d.source = 'jobs' and d.kind in ('sync', 'reconcile') then
                (select o.operation_id from sync_operations f
                 join sync_operations o on o.user_id = f.user_id and o.id > f.id
                 where f.operation_id = d.payload ->> 'operation_id' and f.user_id = d.user_id
                   and o.operation_type in ('bulk_sync', 'reconcile') and o.status = 'completed'
                 order by o.id limit 1)
        end as SupersededBy
        """;

    /// <summary>Plain reads by the indexes on number, on id and on what is open.</summary>
    public static DeadLetterQueries All { get; } = new()
    {
        List = static filter => $"""
            select {Columns} from dead_letters d
            where {(filter.AccountId is null ? "true" : "d.user_id = @account")}
              {(filter.Source is null ? "" : "and d.source = @source")} {(filter.Kind is null ? "" : "and d.kind = @kind")}
              {(filter.Status is { } status ? $"and d.status = '{StoredWords.Of(status)}'" : "")}
              {(filter.FailedBefore is null ? "" : "and d.last_failed_at <= @failedBefore")}
              {(filter.Before is null ? "" : "and d.number < @before")}
            order by d.number desc limit @limit
            """,
        Find = $"select {Columns} from dead_letters d where d.user_id = @account and d.id = @id",
        CountOpen = """
            select source as Source, count(*) as Letters from dead_letters
            where status = 'open' and (@account is null or user_id = @account) group by source
            """,
    };

    /// <summary>The latest letter of a key, by the index on subjects.</summary>
    public const string Load = $"""
        select {Columns} from dead_letters d
        where d.user_id = @account and d.source = @source and d.subject = @subject order by d.number desc limit 1
        """;

    /// <summary>The partial unique index makes a second open letter of a key one with the first.</summary>
    public const string Save = """
        insert into dead_letters (user_id, status, id, source, subject, kind, item_id, external_stock_id, attempts, error_code, error, payload,
                                  trace_parent, first_failed_at, last_failed_at, epoch)
        values (@account, 'open', @Id, @Source, @Subject, @Kind, @ItemId, @ExternalStockId, @Attempts, @ErrorCode, @Error, @Payload,
                @TraceParent, @now, @now, (select a.epoch from user_sync_settings a where a.user_id = @account))
        on conflict (user_id, source, subject) where status = 'open' do update
        set kind = excluded.kind, item_id = excluded.item_id, external_stock_id = excluded.external_stock_id,
            attempts = attempts + excluded.attempts, error_code = excluded.error_code, error = excluded.error, payload = excluded.payload,
            trace_parent = excluded.trace_parent, epoch = excluded.epoch, last_failed_at = max(excluded.last_failed_at, last_failed_at)
        """;

    public const string Settle = """
        update dead_letters set status = @Status, settled_at = @now, settled_by = @By, reason = @Reason
        where user_id = @account and source = @Source and subject = @Subject and status = 'open'
        """;
}
