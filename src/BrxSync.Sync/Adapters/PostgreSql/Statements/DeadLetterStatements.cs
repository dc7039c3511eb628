using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>Dead letters in PostgreSQL. They are written by steps, which hold the account's row.</summary>
internal static class DeadLetterStatements
{
    private const string Columns = """
        d.number as Number, d.user_id::text as UserId, d.id::text as Id, d.source as Source, d.kind as Kind, d.status as Status,
        d.item_id as ItemId, d.external_stock_id as ExternalStockId, d.subject as Subject, d.attempts::bigint as Attempts,
        d.error_code as ErrorCode, d.error as Error, d.payload::text as Payload,
        (extract(epoch from d.first_failed_at) * 1000000)::bigint as FirstFailedAt,
        (extract(epoch from d.last_failed_at) * 1000000)::bigint as LastFailedAt, d.trace_parent as TraceParent, d.epoch as Epoch,
        (extract(epoch from d.settled_at) * 1000000)::bigint as SettledAt, d.settled_by as SettledBy, d.reason as Reason,
        case when d.status <> 'open' then null
             when d.source = 'changes' and d.subject ~ '^[0-9a-f-]{36}$' then
                (select c.id::text from pending_changes f
                 join pending_changes c on c.user_id = f.user_id and c.item_id = f.item_id and c.seq > f.seq
                 where f.user_id = d.user_id and f.id = d.subject::uuid and f.item_id > 0 and c.state not in ('failed', 'superseded')
                   and (c.kind = 'delete' or (c.kind = f.kind and (f.kind <> 'set_fields' or c.fields & f.fields <> 0)))
                 order by c.seq limit 1)
             when d.source = 'jobs' and d.kind in ('sync', 'reconcile') then
                (select o.operation_id::text from sync_operations f
                 join sync_operations o on o.user_id = f.user_id and o.id > f.id
                 where f.operation_id = d.payload ->> 'operation_id' and f.user_id = d.user_id
                   and o.operation_type in ('bulk_sync', 'reconcile') and o.status = 'completed'
                 order by o.id limit 1)
        end as SupersededBy
        """;

    /// <summary>Plain reads by the indexes on number, on id and on what is open; nothing is locked.</summary>
    public static DeadLetterQueries All { get; } = new()
    {
        List = static filter => $"""
            select {Columns} from dead_letters d
            where {(filter.AccountId is null ? "true" : "d.user_id = @account::uuid")}
              {(filter.Source is null ? "" : "and d.source = @source")} {(filter.Kind is null ? "" : "and d.kind = @kind")}
              {(filter.Status is { } status ? $"and d.status = '{StoredWords.Of(status)}'" : "")}
              {(filter.FailedBefore is null ? "" : "and d.last_failed_at <= to_timestamp(@failedBefore / 1000000.0)")}
              {(filter.Before is null ? "" : "and d.number < @before")}
            order by d.number desc limit @limit
            """,
        Find = $"select {Columns} from dead_letters d where d.user_id = @account::uuid and d.id = @id::uuid",
        CountOpen = """
            select source as Source, count(*) as Letters from dead_letters
            where status = 'open' and (@account::text is null or user_id = @account::uuid) group by source
            """,
    };

    /// <summary>The latest letter of each key, by the index on subjects. $1 is the account.</summary>
    public const string Load = $"""
        select {Columns}
        from (select distinct on (d.source, d.subject) d.*
              from unnest($2::text[], $3::text[]) k (source, subject)
              join dead_letters d on d.user_id = $1 and d.source = k.source and d.subject = k.subject
              order by d.source, d.subject, d.number desc) d
        """;

    /// <summary>The partial unique index makes a second open letter of a key one with the first.</summary>
    public const string Save = """
        insert into dead_letters as d (user_id, status, id, source, subject, kind, item_id, external_stock_id, attempts, error_code, error,
                                       payload, trace_parent, first_failed_at, last_failed_at, epoch)
        select $1, 'open', n.id, n.source, n.subject, n.kind, n.item_id, n.external_stock_id, n.attempts, n.error_code, n.error,
               n.payload::jsonb, n.trace_parent, now(), now(), (select a.epoch from user_sync_settings a where a.user_id = $1)
        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::integer[], $9::text[], $10::text[], $11::text[], $12::text[])
             n (id, source, subject, kind, item_id, external_stock_id, attempts, error_code, error, payload, trace_parent)
        on conflict (user_id, source, subject) where status = 'open' do update
        set kind = excluded.kind, item_id = excluded.item_id, external_stock_id = excluded.external_stock_id,
            attempts = d.attempts + excluded.attempts, error_code = excluded.error_code, error = excluded.error, payload = excluded.payload,
            trace_parent = excluded.trace_parent, epoch = excluded.epoch, last_failed_at = greatest(excluded.last_failed_at, d.last_failed_at)
        """;

    public const string Settle = """
        update dead_letters d set status = s.status, settled_at = now(), settled_by = s.settled_by, reason = s.reason
        from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) s (source, subject, status, settled_by, reason)
        where d.user_id = $1 and d.source = s.source and d.subject = s.subject and d.status = 'open'
        """;
}
