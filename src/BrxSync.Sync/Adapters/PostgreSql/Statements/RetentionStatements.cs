using BrxSync.Sync.Adapters.Sql.Retention;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>
/// Removes history by indexes that hold nothing but what may be removed, or by the journal's primary key. Rows that somebody else holds
/// are left to the next time: nobody waits for anybody.
/// </summary>
internal static class RetentionStatements
{
    /// <summary>Reads which orders are to be fetched, in a step.</summary>
    public const string LoadFetches = "select order_id from order_fetches where user_id = $1";

    /// <summary>Reads since when a read by expansions is under way, in a step.</summary>
    public const string LoadReadBegun = "select window_from from sync_cursors where user_id = $1";

    /// <summary>Forgets orders by the primary key, in a step; their items are dropped before.</summary>
    public const string ForgetOrders =
        "delete from stock_orders where user_id = $1 and order_id = any((select $2::bigint[])::bigint[])";

    private const string Before = "to_timestamp(@before / 1000000.0)";

    public static RetentionQueries All { get; } = new()
    {
        DropChanges = $"""
            delete from pending_changes c
            using (select user_id, id from pending_changes
                   where not is_open and state not in ('waiting', 'sent', 'in_doubt', 'reserved') and updated_at < {Before}
                   order by updated_at limit @limit for update skip locked) d
            where c.user_id = d.user_id and c.id = d.id
            """,

        // Positions start at the oldest entry; a feed has passed all up to its own.
        DropJournal = $"""
            delete from stock_journal j
            using (select position from stock_journal
                   where user_id = @account::uuid
                     and position < (select least(a.journal_position, (select min(f.position) + 1 from stock_feeds f where f.user_id = a.user_id))
                                     from user_sync_settings a where a.user_id = @account::uuid)
                   order by position limit @limit for update skip locked) d
            where j.user_id = @account::uuid and j.position = d.position and j.recorded_at < {Before}
            """,
        DropDeadLetters = $"""
            delete from dead_letters l
            using (select user_id, id from dead_letters o
                   where o.status <> 'open' and o.settled_at < {Before}
                     and (o.source <> 'orders' or o.status <> 'discarded'
                          or exists (select 1 from dead_letters n where n.user_id = o.user_id and n.source = o.source and n.subject = o.subject
                                                                    and n.number > o.number))
                   order by o.settled_at limit @limit for update skip locked) d
            where l.user_id = d.user_id and l.id = d.id
            """,
        DropOperations = $"""
            delete from sync_operations o
            using (select e.user_id, e.id from sync_operations e
                   where e.completed_at < {Before} and e.status not in ('pending', 'running', 'retrying')
                     and exists (select 1 from sync_operations n
                                 where n.user_id = e.user_id and n.operation_type = e.operation_type and n.id > e.id)
                   order by e.completed_at limit @limit for update skip locked) d
            where o.user_id = d.user_id and o.id = d.id
            """,

        // By an index that holds nothing that waits.
        DropDeliveries = $"""
            delete from webhook_inbox i
            using (select delivery_id from webhook_inbox
                   where user_id = @account::uuid and outcome <> 'waiting' and received_at < {Before}
                   order by received_at limit @limit for update skip locked) d
            where i.user_id = @account::uuid and i.delivery_id = d.delivery_id
            """,

        // The rules choose among them, in a step that holds the account's row.
        ListOrders = $"""
            select order_id as OrderId, (extract(epoch from updated_at) * 1000000)::bigint as HeardAt
            from stock_orders
            where user_id = @account::uuid and updated_at < {Before}
              and (updated_at, order_id) > (to_timestamp(@heardAt / 1000000.0), @order)
            order by updated_at, order_id limit @limit
            """,

        // The oldest but the last, by the index on account and id.
        DropDriftReports = $"""
            delete from drift_reports r
            using (select id from drift_reports
                   where user_id = @account::uuid and id < (select max(l.id) from drift_reports l where l.user_id = @account::uuid)
                   order by id limit @limit for update skip locked) d
            where r.user_id = @account::uuid and r.id = d.id and r.created_at < {Before}
            """,
        DropNotices = $"""
            delete from stock_notices n
            using (select order_id, kind from stock_notices
                   where user_id = @account::uuid and noticed_at < {Before}
                   order by noticed_at limit @limit for update skip locked) d
            where n.user_id = @account::uuid and n.order_id = d.order_id and n.kind = d.kind
            """,

        // The oldest but those that stay, by the index on account and id: the first one that was applied, with which the books begin, and
        // the last ones, by which the next is judged.
        DropSnapshots = $"""
            delete from sync_snapshots s
            using (select id from sync_snapshots
                   where user_id = @account::uuid and id < (select max(l.id) from sync_snapshots l where l.user_id = @account::uuid)
                     and id not in (select l.id from sync_snapshots l where l.user_id = @account::uuid and l.verdict <> 'refused' order by l.id desc limit @last)
                     and id <> coalesce((select f.id from sync_snapshots f where f.user_id = @account::uuid and f.verdict <> 'refused' order by f.id limit 1), 0)
                   order by id limit @limit for update skip locked) d
            where s.user_id = @account::uuid and s.id = d.id and s.created_at < {Before}
            """,
    };
}
