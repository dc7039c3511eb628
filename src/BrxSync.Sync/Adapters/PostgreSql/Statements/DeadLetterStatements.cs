using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>Dead letters in PostgreSQL. They are written by steps, which hold the account's row.</summary>
internal static class DeadLetterStatements
{
    private const string Columns = """
        number as Number, user_id::text as UserId, id::text as Id, source as Source, kind as Kind, status as Status, item_id as ItemId,
        external_stock_id as ExternalStockId, subject as Subject, attempts::bigint as Attempts, error_code as ErrorCode, error as Error,
        payload::text as Payload, (extract(epoch from first_failed_at) * 1000000)::bigint as FirstFailedAt,
        (extract(epoch from last_failed_at) * 1000000)::bigint as LastFailedAt, trace_parent as TraceParent,
        (extract(epoch from settled_at) * 1000000)::bigint as SettledAt, settled_by as SettledBy, reason as Reason
        """;

    /// <summary>Plain reads by the indexes on number, on id and on what is open; nothing is locked.</summary>
    public static DeadLetterQueries All { get; } = new()
    {
        List = $"""
            select {Columns} from dead_letters
            where user_id = @account::uuid and (@source::text is null or source = @source::text)
              and (@status::text is null or status = @status::text) and (@before::bigint is null or number < @before::bigint)
            order by number desc limit @limit
            """,
        Find = $"select {Columns} from dead_letters where user_id = @account::uuid and id = @id::uuid",
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
              order by d.source, d.subject, d.number desc) latest
        """;

    /// <summary>The partial unique index makes a second open letter of a key one with the first.</summary>
    public const string Save = """
        insert into dead_letters as d (user_id, status, id, source, subject, kind, item_id, external_stock_id, attempts, error_code, error,
                                       payload, trace_parent, first_failed_at, last_failed_at)
        select $1, 'open', n.id, n.source, n.subject, n.kind, n.item_id, n.external_stock_id, n.attempts, n.error_code, n.error,
               n.payload::jsonb, n.trace_parent, now(), now()
        from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::integer[], $9::text[], $10::text[], $11::text[], $12::text[])
             n (id, source, subject, kind, item_id, external_stock_id, attempts, error_code, error, payload, trace_parent)
        on conflict (user_id, source, subject) where status = 'open' do update
        set kind = excluded.kind, item_id = excluded.item_id, external_stock_id = excluded.external_stock_id,
            attempts = d.attempts + excluded.attempts, error_code = excluded.error_code, error = excluded.error, payload = excluded.payload,
            trace_parent = excluded.trace_parent, last_failed_at = greatest(excluded.last_failed_at, d.last_failed_at)
        """;

    public const string Settle = """
        update dead_letters d set status = s.status, settled_at = now(), settled_by = s.settled_by, reason = s.reason
        from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) s (source, subject, status, settled_by, reason)
        where d.user_id = $1 and d.source = s.source and d.subject = s.subject and d.status = 'open'
        """;
}
