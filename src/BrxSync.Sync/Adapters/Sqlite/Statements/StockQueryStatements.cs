using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>The SQLite form of the statements that look after requests and the inbox.</summary>
internal static class StockQueryStatements
{
    /// <summary>Plain reads, and writes of rows by their keys.</summary>
    public static StockQueries All { get; } = new()
    {
        Keep = """
            insert into webhook_inbox (user_id, delivery_id, event_time, cause, order_id, mode, outcome, note, report, trace_parent, received_at)
            select user_id, @Id, @eventTime, @Cause, @OrderId, @Mode, @outcome, @Note, @report, @TraceParent, @now
            from user_sync_settings where user_id = @account
            on conflict (user_id, delivery_id) do nothing
            """,
        ListWaiting = """
            select delivery_id as Id, event_time as EventTime, cause as Cause, mode as Mode, order_id as OrderId, report as Report,
                   trace_parent as TraceParent
            from webhook_inbox where user_id = @account and outcome = 'waiting' order by received_at limit @limit
            """,
        ListRereads = """
            select r.external_stock_id as Product, r.blueprint_id as AskedBlueprint, coalesce(nullif(r.blueprint_id, 0), i.blueprint_id) as Blueprint,
                   r.asked_at as AskedAt, r.attempts as Attempts
            from reread_requests r
            left join user_inventory_items i on i.user_id = r.user_id and i.external_stock_id = r.external_stock_id
            where r.user_id = @account and (r.not_before is null or r.not_before <= @now or r.not_before > @latest) and (r.blueprint_id > 0 or i.id is not null)
            order by r.asked_at limit @limit
            """,
        ListFetches = """
            select order_id as OrderId, attempts as Attempts, asked_at as AskedAt from order_fetches
            where user_id = @account and (not_before is null or not_before <= @now or not_before > @latest)
            order by asked_at, order_id limit @limit
            """,
        PostponeRereads = """
            update reread_requests as r set attempts = r.attempts + 1, not_before = @notBefore
            from (select distinct value ->> 'product' as product, value ->> 'blueprint' as blueprint from json_each(@requests)) d
            where r.user_id = @account and r.external_stock_id = d.product and r.blueprint_id = d.blueprint
            """,
        PostponeFetch =
            "update order_fetches set attempts = attempts + 1, not_before = @notBefore where user_id = @account and order_id = @order",
        GetOrderPosition = """
            select books_started_at as BooksStartedAt, orders_known_until as KnownUntil, last_order_id as LastOrder, orders_polled_at as PolledAt,
                   exists (select 1 from order_fetches f where f.user_id = user_sync_settings.user_id) as HasFetches,
                   exists (select 1 from dead_letters l where l.user_id = user_sync_settings.user_id and l.source = 'orders' and l.status = 'open') as HasDeadLetters
            from user_sync_settings where user_id = @account
            """,
        SetOrderPosition = """
            update user_sync_settings
            set orders_known_until = coalesce(@knownUntil, orders_known_until),
                last_order_id = nullif(max(coalesce(last_order_id, 0), coalesce(@lastOrder, 0)), 0),
                orders_polled_at = coalesce(@polledAt, orders_polled_at)
            where user_id = @account and (@seller is null or cardtrader_user_id is null or cardtrader_user_id = @seller)
            """,
        ListStanding = """
            select distinct o.order_id as OrderId
            from stock_orders o join order_stock_ledger l on l.user_id = o.user_id and l.order_id = o.order_id
            where o.user_id = @account and o.state in ('hub_pending', 'paid', 'sent', 'arrived', 'done', 'closed')
              and o.moment_to not between @confirmedBefore and @latest and l.sold_at >= @soldSince
            """,
    };
}
