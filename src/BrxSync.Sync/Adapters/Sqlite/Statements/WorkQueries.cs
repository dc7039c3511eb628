using BrxSync.Sync.Adapters.Sql.Work;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>What waits, for one account or for those that have something to do: plain reads of one WAL snapshot each.</summary>
internal static class WorkQueries
{
    private const string Active = SqliteStatements.Active;

    private const string Open = "state in ('waiting', 'sent', 'in_doubt', 'reserved')";

    private const string RereadIsDue = "(r.not_before is null or r.not_before <= @now or r.not_before > @latestReread)";

    private const string FetchIsDue = "(f.not_before is null or f.not_before <= @now or f.not_before > @latestFetch)";

    /// <summary>Each part is met by an index that starts with the account.</summary>
    private const string Work = $"""
        select a.user_id as UserId, a.last_sync_at as LastSyncAt, a.orders_polled_at as OrdersPolledAt,
               a.orders_due_at as OrdersDueAt, a.compare_due_at as CompareDueAt,
               (select o.created_at from sync_operations o
                where o.user_id = a.user_id and o.operation_type in ('bulk_sync', 'reconcile') order by o.id desc limit 1) as ComparedAt,
               exists (select 1 from sync_operations where user_id = a.user_id and operation_type = 'bulk_sync'
                                                       and (status in ('pending', 'retrying') or {SqliteStatements.Silent})) as HasSync,
               exists (select 1 from reread_requests r
                       where r.user_id = a.user_id and {RereadIsDue}
                         and (r.blueprint_id > 0
                              or exists (select 1 from user_inventory_items i
                                         where i.user_id = r.user_id and i.external_stock_id = r.external_stock_id))) as HasRereads,
               exists (select 1 from order_fetches f where f.user_id = a.user_id and {FetchIsDue}) as HasOrderFetches,
               exists (select 1 from webhook_inbox w where w.user_id = a.user_id and w.outcome = 'waiting') as HasDeliveries,
               exists (select 1 from pending_changes c
                       where c.user_id = a.user_id and c.{Open} and (a.writes_enabled or c.state <> 'waiting')
                         and (c.not_before is null or c.not_before <= @now or c.not_before > @latestChange)) as HasChanges,
               exists (select 1 from user_inventory_items h where h.user_id = a.user_id and h.hold = 1) as HasHolds,
               {Active} as IsActive, {SqliteStatements.HasFeed} as HasFeed
        from user_sync_settings a
        """;

    /// <summary>The accounts of tables and partial indexes that hold only what waits, and of the indexes on due times.</summary>
    private const string Candidates = $"""
        changing (user_id) as (
            select min(c.user_id) from pending_changes c where c.{Open}
            union all
            select (select min(c.user_id) from pending_changes c where c.{Open} and c.user_id > p.user_id)
            from changing p where p.user_id is not null),
        holding (user_id) as (
            select min(h.user_id) from user_inventory_items h where h.hold = 1
            union all
            select (select min(h.user_id) from user_inventory_items h where h.hold = 1 and h.user_id > p.user_id)
            from holding p where p.user_id is not null),
        candidates (user_id) as (
            select user_id from changing where user_id is not null
            union select user_id from holding where user_id is not null
            union select w.user_id from webhook_inbox w where w.outcome = 'waiting'
            union select r.user_id from reread_requests r
                  where {RereadIsDue}
                    and (r.blueprint_id > 0
                         or exists (select 1 from user_inventory_items i
                                    where i.user_id = r.user_id and i.external_stock_id = r.external_stock_id))
            union select f.user_id from order_fetches f where {FetchIsDue}
            union select user_id from sync_operations
                  where operation_type = 'bulk_sync' and status in ('pending', 'running', 'retrying') and operation_type <> 'bulk_edit'
                    and (status in ('pending', 'retrying') or {SqliteStatements.Silent})),
        due (user_id) as (
            select a.user_id from candidates c join user_sync_settings a on a.user_id = c.user_id where {Active}
            union select a.user_id from user_sync_settings a where a.last_sync_at is not null and {Active} and a.orders_due_at is null
            union select a.user_id from user_sync_settings a where a.last_sync_at is not null and {Active} and a.orders_due_at <= @now
            union select a.user_id from user_sync_settings a where a.last_sync_at is not null and {Active} and a.orders_due_at > @latestOrders
            union select a.user_id from user_sync_settings a where {Active} and a.compare_due_at is null
            union select a.user_id from user_sync_settings a where {Active} and a.compare_due_at <= @now
            union select a.user_id from user_sync_settings a where {Active} and a.compare_due_at > @latestCompare
        """;

    private const string Fed = $"select a.user_id from user_sync_settings a where {SqliteStatements.HasFeed}";

    private const string Page = $"""
        {Work}
        where a.user_id in (select d.user_id from due d where d.user_id > @after order by d.user_id limit @limit)
        order by a.user_id
        """;

    public static WorkStatements All { get; } = new()
    {
        Find = $"{Work} where {Active} and a.user_id = @account",
        ListDue = $"with recursive {Candidates}) {Page}",
        ListDueWithFeeds = $"with recursive {Candidates} union {Fed}) {Page}",
        Plan = """
            update user_sync_settings
            set orders_due_at = coalesce(n.value ->> 'orders', orders_due_at), compare_due_at = coalesce(n.value ->> 'compare', compare_due_at)
            from json_each(@looks) n where user_id = n.value ->> 'account'
            """,
    };
}
