using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>The PostgreSQL form of the statements that look after requests and the inbox.</summary>
internal static class StockQueryStatements
{
    private const string Now = "to_timestamp(@now / 1000000.0)";

    private const string Latest = "to_timestamp(@latest / 1000000.0)";

    /// <summary>Plain reads, and writes of rows by their keys; no step on the stock waits for them.</summary>
    public static StockQueries All { get; } = new()
    {
        Keep = $"""
            insert into webhook_inbox (user_id, delivery_id, event_time, cause, order_id, mode, outcome, note, report, trace_parent, received_at)
            select user_id, @Id, to_timestamp(@eventTime / 1000000.0), @Cause, @OrderId, @Mode, @outcome, @Note, @report::jsonb, @TraceParent, {Now}
            from user_sync_settings where user_id = @account::uuid
            on conflict (user_id, delivery_id) do nothing
            """,
        ListWaiting = """
            select delivery_id as Id, (extract(epoch from event_time) * 1000000)::bigint as EventTime, cause as Cause, mode as Mode,
                   order_id as OrderId, report::text as Report, trace_parent as TraceParent
            from webhook_inbox where user_id = @account::uuid and outcome = 'waiting' order by received_at limit @limit
            """,
        ListRereads = $"""
            select r.external_stock_id as Product, r.blueprint_id as AskedBlueprint, coalesce(nullif(r.blueprint_id, 0), i.blueprint_id) as Blueprint,
                   (extract(epoch from r.asked_at) * 1000000)::bigint as AskedAt, r.attempts as Attempts
            from reread_requests r
            left join user_inventory_items i on i.user_id = r.user_id and i.external_stock_id = r.external_stock_id
            where r.user_id = @account::uuid and (r.not_before is null or r.not_before <= {Now} or r.not_before > {Latest}) and (r.blueprint_id > 0 or i.id is not null)
            order by r.asked_at limit @limit
            """,
        ListFetches = $"""
            select order_id as OrderId, attempts as Attempts, (extract(epoch from asked_at) * 1000000)::bigint as AskedAt from order_fetches
            where user_id = @account::uuid and (not_before is null or not_before <= {Now} or not_before > {Latest})
            order by asked_at, order_id limit @limit
            """,
        // Skips what a step has locked, which meets it or asks for it anew: so it waits for nobody, and no two wait for each other.
        PostponeRereads = """
            update reread_requests r set attempts = r.attempts + 1, not_before = to_timestamp(@notBefore / 1000000.0)
            from (select k.external_stock_id, k.blueprint_id
                  from (select distinct product, blueprint from json_to_recordset(@requests::json) d (product text, blueprint bigint)) d
                  join reread_requests k on k.user_id = @account::uuid and k.external_stock_id = d.product and k.blueprint_id = d.blueprint
                  for update of k skip locked) k
            where r.user_id = @account::uuid and r.external_stock_id = k.external_stock_id and r.blueprint_id = k.blueprint_id
            """,
        PostponeFetch = """
            update order_fetches set attempts = attempts + 1, not_before = to_timestamp(@notBefore / 1000000.0)
            where user_id = @account::uuid and order_id = @order
            """,
        GetOrderPosition = """
            select (extract(epoch from books_started_at) * 1000000)::bigint as BooksStartedAt,
                   (extract(epoch from orders_known_until) * 1000000)::bigint as KnownUntil, last_order_id as LastOrder,
                   (extract(epoch from orders_polled_at) * 1000000)::bigint as PolledAt,
                   exists (select 1 from order_fetches f where f.user_id = user_sync_settings.user_id) as HasFetches,
                   exists (select 1 from dead_letters l where l.user_id = user_sync_settings.user_id and l.source = 'orders' and l.status = 'open') as HasDeadLetters
            from user_sync_settings where user_id = @account::uuid
            """,
        SetOrderPosition = """
            update user_sync_settings
            set orders_known_until = coalesce(to_timestamp(@knownUntil / 1000000.0), orders_known_until),
                last_order_id = greatest(last_order_id, @lastOrder), orders_polled_at = coalesce(to_timestamp(@polledAt / 1000000.0), orders_polled_at)
            where user_id = @account::uuid and (@seller::bigint is null or cardtrader_user_id is null or cardtrader_user_id = @seller)
            """,
        ListStanding = """
            select distinct o.order_id as OrderId
            from stock_orders o join order_stock_ledger l on l.user_id = o.user_id and l.order_id = o.order_id
            where o.user_id = @account::uuid and o.state in ('hub_pending', 'paid', 'sent', 'arrived', 'done', 'closed')
              and o.moment_to not between to_timestamp(@confirmedBefore / 1000000.0) and to_timestamp(@latest / 1000000.0) and l.sold_at >= to_timestamp(@soldSince / 1000000.0)
            """,
    };
}
