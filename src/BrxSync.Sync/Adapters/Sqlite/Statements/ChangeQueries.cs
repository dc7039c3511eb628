using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>
/// The statements about changes, on the primary key or on an index that starts with the account. Whose turn it is to send is decided by
/// one update of the account's row.
/// </summary>
internal static class ChangeQueries
{
    private const string Columns = """
        id as Id, external_stock_id as Product, kind as Kind, seq as Sequence, delta as Delta, fields as Fields, state as State,
        merged_into as MergedInto, sent_at as SentAt, answered_at as AnsweredAt, baseline_quantity as BaselineQuantity,
        baseline_from as BaselineFrom, baseline_to as BaselineTo, item_id as Item, content as Content, reference as Reference, actor as Actor,
        operation_id as OperationId, trace_parent as TraceParent, call as Call, job_id as JobId, job_index as JobIndex, attempts as Attempts,
        not_before as NotBefore, is_alone as IsAlone, error_code as ErrorCode, error as Error, remarks as Remarks, history as History,
        created_at as CreatedAt, updated_at as UpdatedAt, is_reservation as IsReservation, held_back as HeldBack, short as Short
        """;

    public static ChangeStatements All { get; } = new()
    {
        TryTakeTurn = """
            update user_sync_settings set push_owner = @owner, push_until = @until
            where user_id = @account
              and (push_owner is null or push_owner = @owner or push_until is null or push_until < @now or push_until > @latest)
            """,
        EndTurn = """
            update user_sync_settings set push_owner = null, push_until = null
            where user_id = @account and push_owner = @owner
            """,
        ListOpen = $"""
            select {Columns} from pending_changes
            where user_id = @account and state = @state and state in ('waiting', 'sent', 'in_doubt', 'reserved') and seq > @after
              and (@kind is null or kind = @kind)
            order by seq limit @limit
            """,
        Find = $"select {Columns} from pending_changes where user_id = @account and id = @id",
        FindByReference = $"select {Columns} from pending_changes where user_id = @account and reference = @reference",
        List = $"""
            select {Columns} from pending_changes
            where user_id = @account and (@item is null or item_id = @item) and (@operation is null or operation_id = @operation)
              and (@before is null or seq < @before)
            order by seq desc limit @limit
            """,
        ListDueHolds = """
            select id as Id from user_inventory_items where user_id = @account and hold = 1 and id > @after order by id limit @limit
            """,
    };
}
