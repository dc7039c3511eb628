using BrxSync.Sync.Adapters.Sql.Work;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>What waits, for one account or for those that have something to do. Plain reads: no lock is taken.</summary>
internal static class WorkQueries
{
    private const string Now = PostgreSqlStatements.Now;
    private const string Active = PostgreSqlStatements.Active;

    private const string Open = "state in ('waiting', 'sent', 'in_doubt', 'reserved')";

    private const string RereadIsDue =
        $"(r.not_before is null or r.not_before <= {Now} or r.not_before > to_timestamp(@latestReread / 1000000.0))";

    private const string FetchIsDue =
        $"(f.not_before is null or f.not_before <= {Now} or f.not_before > to_timestamp(@latestFetch / 1000000.0))";

    private const string FeedIsDue = """
        f.name is null
            or (f.paused_at is null and f.position < a.journal_position
                and (f.not_before is null or f.not_before <= to_timestamp(@now / 1000000.0) or f.not_before > to_timestamp(@latestFeed / 1000000.0)))
        """;

    /// <summary>Each part is met by an index that starts with the account.</summary>
    private const string Work = $"""
        select a.user_id::text as UserId, (extract(epoch from a.last_sync_at) * 1000000)::bigint as LastSyncAt, (extract(epoch from a.orders_polled_at) * 1000000)::bigint as OrdersPolledAt,
               (extract(epoch from a.orders_due_at) * 1000000)::bigint as OrdersDueAt, (extract(epoch from a.compare_due_at) * 1000000)::bigint as CompareDueAt,
               (select (extract(epoch from o.created_at) * 1000000)::bigint from sync_operations o
                where o.user_id = a.user_id and o.operation_type in ('bulk_sync', 'reconcile') order by o.id desc limit 1) as ComparedAt,
               exists (select 1 from sync_operations where user_id = a.user_id and operation_type = 'bulk_sync'
                                                       and (status in ('pending', 'retrying') or {PostgreSqlStatements.Silent})) as HasSync,
               exists (select 1 from reread_requests r
                       where r.user_id = a.user_id and {RereadIsDue}
                         and (r.blueprint_id > 0
                              or exists (select 1 from user_inventory_items i
                                         where i.user_id = r.user_id and i.external_stock_id = r.external_stock_id))) as HasRereads,
               exists (select 1 from order_fetches f where f.user_id = a.user_id and {FetchIsDue}) as HasOrderFetches,
               exists (select 1 from webhook_inbox w where w.user_id = a.user_id and w.outcome = 'waiting') as HasDeliveries,
               exists (select 1 from pending_changes c
                       where c.user_id = a.user_id and c.{Open} and (a.writes_enabled or c.state <> 'waiting')
                         and (c.not_before is null or c.not_before <= {Now} or c.not_before > to_timestamp(@latestChange / 1000000.0))) as HasChanges,
               exists (select 1 from user_inventory_items h where h.user_id = a.user_id and h.hold = 1) as HasHolds,
               {Active} as IsActive, {PostgreSqlStatements.HasFeed} as HasFeed
        from user_sync_settings a
        """;

    /// <summary>
    /// The accounts of tables that hold only what waits, or of partial indexes that do: where one account may have many rows there, the
    /// index is read from account to account. Periodic work is met by the indexes on its due times, from both ends.
    /// </summary>
    private const string Candidates = $"""
        changing (user_id) as (
            (select c.user_id from pending_changes c where c.{Open} order by c.user_id limit 1)
            union all
            select (select c.user_id from pending_changes c where c.{Open} and c.user_id > p.user_id order by c.user_id limit 1)
            from changing p where p.user_id is not null),
        holding (user_id) as (
            (select h.user_id from user_inventory_items h where h.hold = 1 order by h.user_id limit 1)
            union all
            select (select h.user_id from user_inventory_items h where h.hold = 1 and h.user_id > p.user_id order by h.user_id limit 1)
            from holding p where p.user_id is not null),
        waiting (user_id) as (
            (select w.user_id from webhook_inbox w where w.outcome = 'waiting' order by w.user_id limit 1)
            union all
            select (select w.user_id from webhook_inbox w where w.outcome = 'waiting' and w.user_id > p.user_id order by w.user_id limit 1)
            from waiting p where p.user_id is not null),
        candidates (user_id) as (
            select user_id from changing where user_id is not null
            union select user_id from holding where user_id is not null
            union select user_id from waiting where user_id is not null
            union select r.user_id from reread_requests r
                  where {RereadIsDue}
                    and (r.blueprint_id > 0
                         or exists (select 1 from user_inventory_items i
                                    where i.user_id = r.user_id and i.external_stock_id = r.external_stock_id))
            union select f.user_id from order_fetches f where {FetchIsDue}
            union select user_id from sync_operations
                  where operation_type = 'bulk_sync' and status in ('pending', 'running', 'retrying') and operation_type <> 'bulk_edit'
                    and (status in ('pending', 'retrying') or {PostgreSqlStatements.Silent})),
        due (user_id) as (
            select a.user_id from candidates c join user_sync_settings a on a.user_id = c.user_id where {Active}
            union select a.user_id from user_sync_settings a where a.last_sync_at is not null and {Active} and a.orders_due_at is null
            union select a.user_id from user_sync_settings a where a.last_sync_at is not null and {Active} and a.orders_due_at <= {Now}
            union select a.user_id from user_sync_settings a
                  where a.last_sync_at is not null and {Active} and a.orders_due_at > to_timestamp(@latestOrders / 1000000.0)
            union select a.user_id from user_sync_settings a where {Active} and a.compare_due_at is null
            union select a.user_id from user_sync_settings a where {Active} and a.compare_due_at <= {Now}
            union select a.user_id from user_sync_settings a where {Active} and a.compare_due_at > to_timestamp(@latestCompare / 1000000.0)
        """;

    private const string Fed = $"""
            union select a.user_id
                  from jsonb_array_elements_text(@feeds::jsonb) n (value)
                  join user_sync_settings a on a.cardtrader_token_encrypted is not null
                  left join stock_feeds f on f.user_id = a.user_id and f.name = n.value
                  where {FeedIsDue}
        """;

    private const string Page = $"""
        {Work}
        where a.user_id in (select d.user_id from due d where d.user_id > @after::uuid order by d.user_id limit @limit)
        order by a.user_id
        """;

    public static WorkStatements All { get; } = new()
    {
        Find = $"{Work} where {Active} and a.user_id = @account::uuid",
        ListDue = $"with recursive {Candidates}) {Page}",
        ListDueWithFeeds = $"with recursive {Candidates}\n{Fed}) {Page}",

        // A step of the account may hold its row for long. It is left out then: asking once more for what waits already costs nothing.
        Plan = """
            with looks as (
                select n.account, n.orders, n.compare from jsonb_to_recordset(@looks::jsonb) as n (account uuid, orders bigint, compare bigint)),
            free as (
                select a.user_id from user_sync_settings a where a.user_id in (select account from looks)
                order by a.user_id for no key update skip locked)
            update user_sync_settings a
            set orders_due_at = coalesce(to_timestamp(n.orders / 1000000.0), a.orders_due_at),
                compare_due_at = coalesce(to_timestamp(n.compare / 1000000.0), a.compare_due_at)
            from looks n where n.account = a.user_id and a.user_id in (select user_id from free)
            """,
    };
}
