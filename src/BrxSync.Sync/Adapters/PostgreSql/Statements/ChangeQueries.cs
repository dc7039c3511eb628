using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>
/// The statements about changes, on the primary key or on an index that starts with the account. Whose turn it is to send is decided by
/// one update of the account's row.
/// </summary>
internal static class ChangeQueries
{
    /// <summary>
    /// The states of a change. The first one is noted when a second one is: until then it is what the row says of itself.
    /// </summary>
    public const string History =
        "case when c.history = '[]' then jsonb_build_array(jsonb_build_object('state', c.state, 'at', coalesce(c.updated_at, c.created_at))) else c.history end";

    private const string Columns = $"""
        id::text as Id, external_stock_id as Product, kind as Kind, seq as Sequence, delta as Delta, fields as Fields, state as State,
        merged_into::text as MergedInto, (extract(epoch from sent_at) * 1000000)::bigint as SentAt,
        (extract(epoch from answered_at) * 1000000)::bigint as AnsweredAt, baseline_quantity as BaselineQuantity,
        (extract(epoch from baseline_from) * 1000000)::bigint as BaselineFrom, (extract(epoch from baseline_to) * 1000000)::bigint as BaselineTo,
        item_id as Item, content as Content, reference as Reference, actor as Actor, operation_id as OperationId,
        trace_parent as TraceParent, call as Call, job_id as JobId, job_index as JobIndex, attempts as Attempts,
        (extract(epoch from not_before) * 1000000)::bigint as NotBefore, is_alone as IsAlone, error_code as ErrorCode, error as Error,
        remarks::text as Remarks, ({History})::text as History, (extract(epoch from created_at) * 1000000)::bigint as CreatedAt,
        (extract(epoch from updated_at) * 1000000)::bigint as UpdatedAt, is_reservation as IsReservation, held_back as HeldBack,
        short as Short
        """;

    public static ChangeStatements All { get; } = new()
    {
        TryTakeTurn = """
            update user_sync_settings set push_owner = @owner, push_until = to_timestamp(@until / 1000000.0)
            where user_id = @account::uuid
              and (push_owner is null or push_owner = @owner or push_until is null or push_until < to_timestamp(@now / 1000000.0) or push_until > to_timestamp(@latest / 1000000.0))
            """,
        EndTurn = """
            update user_sync_settings set push_owner = null, push_until = null
            where user_id = @account::uuid and push_owner = @owner
            """,
        ListOpen = $"""
            select {Columns} from pending_changes c
            where user_id = @account::uuid and state = @state and state in ('waiting', 'sent', 'in_doubt', 'reserved') and seq > @after
              and (@kind::text is null or kind = @kind)
            order by seq limit @limit
            """,
        Find = $"select {Columns} from pending_changes c where user_id = @account::uuid and id = @id::uuid",
        FindByReference = $"select {Columns} from pending_changes c where user_id = @account::uuid and reference = @reference",
        List = $"""
            select {Columns} from pending_changes c
            where user_id = @account::uuid and (@item::bigint is null or item_id = @item) and (@operation::text is null or operation_id = @operation)
              and (@before::bigint is null or seq < @before)
            order by seq desc limit @limit
            """,
        ListDueHolds = """
            select id as Id from user_inventory_items where user_id = @account::uuid and hold = 1 and id > @after order by id limit @limit
            """,
    };
}
