using BrxSync.Sync.Adapters.Sql.Retention;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>
/// Removes history by indexes that hold nothing but what may be removed, or by the journal's primary key. Each statement is a write of its
/// own, and waits for its turn.
/// </summary>
internal static class RetentionStatements
{
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
    };
}
