using BrxSync.Sync.Adapters.Sql.Retention;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>
/// Removes history by indexes that hold nothing but what may be removed, or by the journal's primary key. Each statement is a write of its
/// own, and waits for its turn.
/// </summary>
internal static class RetentionStatements
{
    /// <summary>Reads which orders are to be fetched, in a step.</summary>
    public const string LoadFetches = "select order_id as OrderId from order_fetches where user_id = @account";

    /// <summary>Reads since when a read by expansions is under way, in a step.</summary>
    public const string LoadReadBegun = "select window_from as ReadBegun from sync_cursors where user_id = @account";

    /// <summary>Forgets an order by the primary key, in a step; its items are dropped before.</summary>
    public const string ForgetOrder = "delete from stock_orders where user_id = @account and order_id = @Order";

    public static RetentionQueries All { get; } = new()
    {
        DropChanges = """
            delete from pending_changes
            where (user_id, id) in (
                select user_id, id from pending_changes
                where is_open = 0 and state not in ('waiting', 'sent', 'in_doubt', 'reserved') and updated_at < @before
                order by updated_at limit @limit)
            """,

        // Positions start at the oldest entry; a feed has passed all up to its own.
        DropJournal = """
            delete from stock_journal
            where user_id = @account and recorded_at < @before and position in (
                select j.position from stock_journal j join user_sync_settings a on a.user_id = j.user_id
                where j.user_id = @account and j.position < a.journal_position
                  and j.position <= coalesce((select min(f.position) from stock_feeds f where f.user_id = j.user_id), a.journal_position)
                order by j.position limit @limit)
            """,
        DropDeadLetters = """
            delete from dead_letters
            where number in (
                select o.number from dead_letters o
                where o.status <> 'open' and o.settled_at < @before
                  and (o.source <> 'orders' or o.status <> 'discarded'
                       or exists (select 1 from dead_letters n where n.user_id = o.user_id and n.source = o.source and n.subject = o.subject
                                                                 and n.number > o.number))
                order by o.settled_at limit @limit)
            """,
        DropOperations = """
            delete from sync_operations
            where id in (
                select e.id from sync_operations e
                where e.completed_at < @before and e.status not in ('pending', 'running', 'retrying')
                  and exists (select 1 from sync_operations n
                              where n.user_id = e.user_id and n.operation_type = e.operation_type and n.id > e.id)
                order by e.completed_at limit @limit)
            """,

        // By an index that holds nothing that waits.
        DropDeliveries = """
            delete from webhook_inbox
            where user_id = @account and delivery_id in (
                select delivery_id from webhook_inbox
                where user_id = @account and outcome <> 'waiting' and received_at < @before
                order by received_at limit @limit)
            """,

        // The rules choose among them, in a step.
        ListOrders = """
            select order_id as OrderId, updated_at as HeardAt
            from stock_orders
            where user_id = @account and updated_at < @before and (updated_at, order_id) > (@heardAt, @order)
            order by updated_at, order_id limit @limit
            """,

        // The oldest but the last, by the index on account and id.
        DropDriftReports = """
            delete from drift_reports
            where created_at < @before and id in (
                select id from drift_reports
                where user_id = @account and id < (select max(l.id) from drift_reports l where l.user_id = @account)
                order by id limit @limit)
            """,
        DropNotices = """
            delete from stock_notices
            where user_id = @account and (order_id, kind) in (
                select order_id, kind from stock_notices
                where user_id = @account and noticed_at < @before
                order by noticed_at limit @limit)
            """,

        // The oldest but those that stay, by the index on account and id: the first one that was applied, with which the books begin, and
        // the last ones, by which the next is judged.
        DropSnapshots = """
            delete from sync_snapshots
            where created_at < @before and id in (
                select id from sync_snapshots
                where user_id = @account and id < (select max(l.id) from sync_snapshots l where l.user_id = @account)
                  and id not in (select l.id from sync_snapshots l where l.user_id = @account and l.verdict <> 'refused' order by l.id desc limit @last)
                  and id <> coalesce((select f.id from sync_snapshots f where f.user_id = @account and f.verdict <> 'refused' order by f.id limit 1), 0)
                order by id limit @limit)
            """,
    };
}
