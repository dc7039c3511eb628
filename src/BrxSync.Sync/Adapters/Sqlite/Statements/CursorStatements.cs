namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>What keeps a read by expansions over a crash. All of it runs under the account's run lock.</summary>
internal static class CursorStatements
{
    private const string Columns = """
        row_index, external_stock_id, blueprint_id, quantity, price_cents, properties, description, user_data_field, graded, content_hash, may_create
        """;

    public const string Find = """
        select identity as Identity, started_at as StartedAt, window_from as WindowFrom, window_to as WindowTo, state as State
        from sync_cursors where user_id = @account
        """;

    /// <summary>By the primary key of the kept rows; the stage is the session's own.</summary>
    public const string Restore = $"""
        insert into temp.brx_stage ({Columns}) select {Columns} from sync_stage where user_id = @account;
        select cast(external_stock_id as integer) from temp.brx_stage;
        """;

    /// <summary>By the primary key of the stage; the transaction is immediate.</summary>
    public const string Save = $"""
        insert into sync_stage (user_id, {Columns}) select @account, {Columns} from temp.brx_stage where row_index >= @firstRow;
        insert into sync_cursors (user_id, identity, started_at, window_from, window_to, state)
        values (@account, @Identity, @startedAt, @windowFrom, @windowTo, @state)
        on conflict (user_id) do update
        set identity = excluded.identity, started_at = excluded.started_at, window_from = excluded.window_from, window_to = excluded.window_to,
            state = excluded.state;
        """;

    /// <summary>By the primary keys; nothing to do for an account that is read as a whole.</summary>
    public const string Drop = "delete from sync_stage where user_id = @account; delete from sync_cursors where user_id = @account;";

    /// <summary>Needs the index of the stage.</summary>
    public const string ListAbsent = """
        select distinct t.blueprint_id
        from user_inventory_items t
        where t.user_id = @account and t.external_stock_id is not null and (t.status = 'active' or t.missing_count = 1)
          and not exists (select 1 from temp.brx_stage s where s.external_stock_id = t.external_stock_id)
        order by 1;
        """;
}
