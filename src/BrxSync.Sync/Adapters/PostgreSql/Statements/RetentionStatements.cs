using BrxSync.Sync.Adapters.Sql.Retention;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>
/// Removes history by indexes that hold nothing but what may be removed, or by the journal's primary key. Rows that somebody else holds
/// are left to the next time: nobody waits for anybody.
/// </summary>
internal static class RetentionStatements
{
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
            using (select e.id from sync_operations e
                   where e.completed_at < {Before} and e.status not in ('pending', 'running', 'retrying')
                     and exists (select 1 from sync_operations n
                                 where n.user_id = e.user_id and n.operation_type = e.operation_type and n.id > e.id)
                   order by e.completed_at limit @limit for update skip locked) d
            where o.id = d.id
            """,
    };
}
