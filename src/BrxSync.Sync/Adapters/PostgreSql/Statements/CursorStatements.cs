using System.Globalization;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>What keeps a read by expansions over a crash. All of it runs under the account's run lock.</summary>
internal static class CursorStatements
{
    private const string Columns = """
        row_index, external_stock_id, blueprint_id, quantity, price_cents, properties, description, user_data_field, graded, content_hash, may_create
        """;

    public const string Find = """
        select identity as Identity, (extract(epoch from started_at) * 1000000)::bigint as StartedAt,
               (extract(epoch from window_from) * 1000000)::bigint as WindowFrom,
               (extract(epoch from window_to) * 1000000)::bigint as WindowTo, state::text as State
        from sync_cursors where user_id = @account
        """;

    /// <summary>By the primary key of the kept rows; the stage is the session's own.</summary>
    public const string Restore = $"""
        insert into brx_stage ({Columns}) select {Columns} from sync_stage where user_id = @account;
        select external_stock_id::bigint from brx_stage;
        """;

    /// <summary>Only made for a read by expansions: each save takes the newest rows of a stage that may hold a million.</summary>
    public const string IndexStage = "create index if not exists brx_stage_row on brx_stage (row_index);";

    /// <summary>Inserts into rows that nobody else writes: the account's row is locked, its epoch checked.</summary>
    public const string Save = $"""
        insert into sync_stage (user_id, {Columns}) select @account, {Columns} from brx_stage where row_index >= @firstRow;
        insert into sync_cursors (user_id, identity, started_at, window_from, window_to, state)
        values (@account, @Identity, @StartedAt, @From, @To, @state::jsonb)
        on conflict (user_id) do update
        set identity = excluded.identity, started_at = excluded.started_at, window_from = excluded.window_from, window_to = excluded.window_to,
            state = excluded.state;
        """;

    /// <summary>By the primary keys; nothing to do for an account that is read as a whole.</summary>
    public const string Drop = "delete from sync_stage where user_id = @account; delete from sync_cursors where user_id = @account;";

    /// <summary>An anti join of the account's linked rows with the stage; locks nothing.</summary>
    public static string ListAbsent(AccountId account) => string.Create(CultureInfo.InvariantCulture, $"""
        select distinct t.blueprint_id::bigint
        from user_inventory_items t
        where t.user_id = '{account.Value:D}'::uuid and t.external_stock_id is not null and (t.status = 'active' or t.missing_count = 1)
          and not exists (select from brx_stage s where s.external_stock_id = t.external_stock_id)
        order by 1;
        """);
}
