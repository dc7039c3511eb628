using System.Globalization;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>
/// The set-based statements of a snapshot. The account is a constant in them: a parameter would hide from the planner how
/// much of the table it means.
/// </summary>
internal static class SnapshotStatements
{
    /// <summary>Lives as long as the session's connection is checked out; writes no WAL.</summary>
    public const string CreateStage = """
        drop table if exists pg_temp.brx_stage;
        create temp table brx_stage (
            row_index integer not null,
            external_stock_id varchar(255) collate "C" not null,
            blueprint_id integer not null,
            quantity integer not null,
            price_cents integer,
            properties text not null,
            description text,
            user_data_field text,
            graded boolean not null,
            content_hash bigint not null,
            may_create boolean not null,
            read_quantity integer);
        """;

    /// <summary>
    /// Lets the server notice within seconds that the process is gone, also in the middle of a statement, and free the run lock. A
    /// server whose platform cannot do that refuses the setting; it then notices at its next word to the client.
    /// </summary>
    public const string NoticeDeath = """
        do $$
        begin
            perform set_config('tcp_keepalives_idle', '30', false), set_config('tcp_keepalives_interval', '10', false),
                    set_config('tcp_keepalives_count', '3', false);
            perform set_config('client_connection_check_interval', '2s', false);
        exception when others then null;
        end $$;
        """;

    /// <summary>Gives back what the session held beside its transaction: the run lock and the stage.</summary>
    public const string Release = "select pg_advisory_unlock_all(); drop table if exists pg_temp.brx_stage;";

    public const string CopyStage = """
        copy brx_stage (row_index, external_stock_id, blueprint_id, quantity, price_cents, properties, description,
                        user_data_field, graded, content_hash, may_create) from stdin (format binary)
        """;

    /// <summary>
    /// Only run when an id came twice. One pass over the stage; the temp table is this session's own, so nothing is locked.
    /// </summary>
    public const string SettleDuplicates = """
        with grouped as (
            select external_stock_id, min(row_index) as first_row, count(*) as rows,
                   count(distinct (blueprint_id, quantity, price_cents, graded, content_hash)) as variants
            from brx_stage group by external_stock_id having count(*) > 1),
        dropped as (
            delete from brx_stage s using grouped g
            where g.external_stock_id = s.external_stock_id and (g.variants > 1 or s.row_index <> g.first_row))
        select external_stock_id as Id, rows as Rows, variants as Variants from grouped order by first_row;
        """;

    /// <summary>Locks the account row: whoever writes the account's stock as a whole comes one after the other.</summary>
    public const string LockAccount = "select epoch from user_sync_settings where user_id = @account for no key update;";

    /// <summary>
    /// One full join says what is new, what differs and what is missing. Reads the inventory without locking it: the row version
    /// read here is checked again by the update. Nested loops would be chosen for an account that looks empty, and take minutes.
    /// </summary>
    public static string Plan(AccountId account, SnapshotComparison comparison, ReadsSince? since) => $"""
        drop table if exists pg_temp.brx_plan;
        create temp table brx_plan on commit drop as
        select s.row_index, t.id as item_id, t.row_version, t.quantity as quantity_before, t.status = 'active' as was_active,
               {IsRecent(account, since)} as is_recent, t.price_cents as price_before, t.blueprint_id as blueprint_before,
               {Differs(comparison)} as content_differs, t.held_back
        from brx_stage s
        full join (select id, external_stock_id, row_version, blueprint_id, quantity, price_cents, status, missing_count,
                          snapshot_from, snapshot_to, reread_after, changed_locally_at, held_back, {Compared(comparison)}
                   from user_inventory_items
                   where user_id = {Literal(account)} and external_stock_id is not null) t
          on t.external_stock_id = s.external_stock_id
        where t.id is null or {IsRecent(account, since)}
           or case when s.row_index is null then t.status = 'active' or t.missing_count = 1
                   else t.quantity <> s.quantity or t.price_cents <> s.price_cents or t.blueprint_id <> s.blueprint_id
                        or {Differs(comparison)}
                        or t.status <> case when s.quantity > 0 then 'active' else 'sold_out' end
              end;
        analyze pg_temp.brx_plan;
        """;

    public const string WithholdPrices = "update brx_stage set price_cents = null where (row_index = any(@rows)) <> @others;";

    /// <summary>Counts the plan. A product at zero is not expected in a snapshot, so only rows with copies left make up a fall.</summary>
    public const string CountPlan = """
        select count(*) filter (where p.item_id is null and s.row_index is null) as created,
               count(*) filter (where p.item_id is null and s.may_create) as unpriced,
               count(*) filter (where p.item_id is null and not s.may_create) as barred,
               count(*) filter (where p.item_id is not null and p.row_index is not null) as updated,
               count(*) filter (where p.item_id is not null and p.row_index is not null and p.was_active and p.quantity_before > 0) as updatedonsale,
               count(*) filter (where p.row_index is null and p.was_active and p.quantity_before > 0) as missing
        from brx_plan p left join (select row_index, may_create from brx_stage where price_cents is null or not may_create) s using (row_index);
        """;

    /// <summary>
    /// Locks the rows that will be written, in the order of their ids so that concurrent writers cannot deadlock, and takes out of the
    /// plan those that were written or deleted since it was made: their newer state stands.
    /// </summary>
    public static string LockRows(AccountId account) => $"""
        with locked as materialized (
            select t.id, t.row_version
            from brx_plan p join user_inventory_items t on t.user_id = {Literal(account)} and t.id = p.item_id
            order by t.id for no key update of t)
        delete from brx_plan p
        where p.item_id is not null
          and not exists (select from locked l where l.id = p.item_id and l.row_version = p.row_version);
        """;

    /// <summary>
    /// Leaves the products out that we are putting on sale ourselves: they have their rows, which are linked by the answer or by the mark.
    /// Where no such row waits, the stage is not read.
    /// </summary>
    public const string LeaveListings = """
        with marked as materialized (
            select s.row_index, s.external_stock_id
            from brx_stage s
            join pending_changes c on left(s.user_data_field, 36) = 'brx:' || replace(c.id::text, '-', '')
            where c.user_id = @account and c.is_open and c.kind = 'create')
        delete from brx_stage s using marked m
        where s.row_index = m.row_index
          and (select t.id from user_inventory_items t where t.user_id = @account and t.external_stock_id = m.external_stock_id) is null;
        """;

    /// <summary>Tells whether the account has no linked row yet: then everything staged is new, and nothing needs to be compared.</summary>
    public const string HasLinked = """
        select exists (select from user_inventory_items where user_id = @account and external_stock_id is not null) as HasLinked;
        """;

    /// <summary>The columns of <see cref="CountPlan"/> for an account without linked rows.</summary>
    public const string CountStage = """
        select count(price_cents) filter (where may_create) as created,
               count(*) filter (where price_cents is null and may_create) as unpriced,
               count(*) filter (where not may_create) as barred, 0::bigint as updated, 0::bigint as updatedonsale, 0::bigint as missing
        from brx_stage;
        """;

    /// <summary>
    /// Inserts and journals what is new beside existing rows. A product that another writer inserted meanwhile keeps that writer's
    /// state; the next run compares it.
    /// </summary>
    public static string InsertNew(AccountId account) => $"""
        with created as (
            {InsertItems(account)}
            join brx_plan p on p.row_index = s.row_index and p.item_id is null
            where s.price_cents is not null and s.may_create
            on conflict (user_id, external_stock_id) do nothing
            returning external_stock_id, quantity, price_cents)
        {JournalNew}
        select {Position(account, string.Empty)}, false, {JournalledNew(account)} from created;
        """;

    /// <summary>
    /// Inserts the whole stage: the account had no linked row. In the order of the unique index and apart from the journal
    /// a million rows in random order take 16 s instead of 26. Another writer's insert of the same product makes the run fail.
    /// </summary>
    public static string InsertEverything(AccountId account) => $"""
        {InsertItems(account, Position(account, "order by s.external_stock_id"))}
        where s.price_cents is not null and s.may_create
        order by s.external_stock_id;
        """;

    /// <summary>
    /// Journals what <see cref="InsertEverything"/> inserted, in the same order, so that each item points to its row: an index on the
    /// products of these rows would make the journal twice as dear. Needs that every product is staged once.
    /// </summary>
    public static string JournalEverything(AccountId account) => $"""
        {JournalNew}
        select {Position(account, "order by external_stock_id")}, true, {JournalledNew(account)}
        from brx_stage where price_cents is not null and may_create;
        """;

    /// <summary>Notes the position that the journal has come to; the account's row is locked.</summary>
    public const string RaiseJournal =
        "update user_sync_settings set journal_position = journal_position + @written where user_id = @account";

    /// <summary>
    /// Updates what differs; the rows are locked already. Whether another quantity is divided as it should be, the rules say later.
    /// </summary>
    public static string Update(AccountId account) => $"""
        update user_inventory_items t
        set blueprint_id = s.blueprint_id, quantity = s.quantity, price_cents = coalesce(s.price_cents, t.price_cents),
            properties = s.properties::jsonb, description = s.description, user_data_field = s.user_data_field, graded = s.graded,
            content_hash = s.content_hash, status = case when s.quantity > 0 then 'active' else 'sold_out' end, missing_count = 0, missing_since = null,
            snapshot_from = @from, snapshot_to = @to, read_quantity = coalesce(s.read_quantity, s.quantity), reread_after = null, row_version = t.row_version + 1, updated_at = now(),
            hold = case when t.hold = 0 and t.quantity <> s.quantity and (t.held_back > 0 or t.safety_copies is not null or {IsGuarded(account)}) then 1 else t.hold end
        from brx_plan p join brx_stage s using (row_index)
        where t.user_id = {Literal(account)} and t.id = p.item_id;
        """;

    /// <summary>
    /// Marks what a complete snapshot lacks: quantity 0 the first time, out of view the second; what was at 0 already is sold out. The
    /// rows are locked already.
    /// </summary>
    public static string MarkMissing(AccountId account) => $"""
        update user_inventory_items t
        set quantity = 0,
            status = case when t.status = 'active' and t.quantity = 0 or t.held_back > 0 then 'sold_out' else 'missing' end,
            missing_count = case when t.status = 'active' and t.quantity = 0 or t.held_back > 0 then 0 else t.missing_count + 1 end,
            missing_since = case when t.status = 'active' and t.quantity = 0 or t.held_back > 0 then null else coalesce(t.missing_since, @from) end,
            hold = case when t.hold = 0 and t.held_back > 0 then 1 else t.hold end,
            snapshot_from = @from, snapshot_to = @to, read_quantity = 0, reread_after = null, row_version = t.row_version + 1, updated_at = now()
        from brx_plan p
        where p.row_index is null and t.user_id = {Literal(account)} and t.id = p.item_id;
        """;

    /// <summary>
    /// Journals what <see cref="Update"/> changes; runs before it, under the same locks. A price that is not staged stays. Only where the
    /// content differs is the row itself read again: a new price for everything costs no pass over the inventory.
    /// </summary>
    public static string JournalUpdate(AccountId account) => $"""
        insert into stock_journal (position, user_id, external_stock_id, cause, source_id, actor, quantity_before, quantity_after, price_before, price_after,
                                   changed_fields)
        select {Position(account, string.Empty)}, {Literal(account)}, d.external_stock_id, '{JournalCauses.Snapshot}', @operation,
               '{JournalActors.CardTrader}', d.quantity_before + d.held_back, d.quantity + d.held_back, d.price_before, coalesce(d.price_cents, d.price_before), d.fields
        from (
            select s.external_stock_id, p.quantity_before, s.quantity, p.held_back, p.price_before, s.price_cents, {KnownFields} as fields
            from brx_plan p join brx_stage s using (row_index)
            where p.item_id is not null and not p.content_differs
            union all
            select s.external_stock_id, p.quantity_before, s.quantity, p.held_back, p.price_before, s.price_cents,
                   {KnownFields}
                   + case when t.description is distinct from s.description then {(int)JournalFields.Description} else 0 end
                   + case when t.properties is distinct from s.properties::jsonb then {(int)JournalFields.Properties} else 0 end
                   + case when t.graded is distinct from s.graded then {(int)JournalFields.Graded} else 0 end
                   + case when t.user_data_field is distinct from s.user_data_field then {(int)JournalFields.UserData} else 0 end
            from brx_plan p join brx_stage s using (row_index)
            join user_inventory_items t on t.id = p.item_id and t.user_id = {Literal(account)}
            where p.content_differs) d
        where d.quantity_before <> d.quantity or d.fields <> 0;
        """;

    /// <summary>Journals the falls of <see cref="MarkMissing"/>; runs before it, under the same locks.</summary>
    public static string JournalMissing(AccountId account) => $"""
        insert into stock_journal (position, user_id, external_stock_id, cause, source_id, actor, quantity_before, quantity_after, price_before, price_after)
        select {Position(account, string.Empty)}, {Literal(account)}, t.external_stock_id, '{JournalCauses.Missing}', @operation,
               '{JournalActors.CardTrader}', t.quantity + t.held_back, t.held_back, t.price_cents, t.price_cents
        from brx_plan p join user_inventory_items t on t.user_id = {Literal(account)} and t.id = p.item_id
        where p.row_index is null and t.quantity <> 0;
        """;

    /// <summary>
    /// Read or changed here after CardTrader began to look: the rules decide about such a row. A row that was never read has no window.
    /// </summary>
    private static string IsRecent(AccountId account, ReadsSince? since) => since is { } reads
        ? $"""
          coalesce(t.reread_after = (select snapshots from user_sync_settings where user_id = {Literal(account)})
                           and t.snapshot_to >= {Literal(reads.From)} and t.snapshot_from <= {Literal(reads.Latest)}
                           or t.changed_locally_at >= {Literal(reads.From)}, false)
          """
        : "false";

    private static string Literal(DateTimeOffset time) =>
        string.Create(CultureInfo.InvariantCulture, $"timestamptz '{time.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'");

    private static string Compared(SnapshotComparison comparison) =>
        comparison == SnapshotComparison.Hash ? "content_hash" : "properties, description, user_data_field, graded";

    private static string Differs(SnapshotComparison comparison) => comparison == SnapshotComparison.Hash
        ? "t.content_hash is distinct from s.content_hash"
        : """
          (t.graded, t.description, t.user_data_field, t.properties)
                           is distinct from (s.graded, s.description, s.user_data_field, s.properties::jsonb)
          """;

    /// <summary>Which of the fields changed that the plan has kept.</summary>
    private static string KnownFields { get; } = string.Create(CultureInfo.InvariantCulture, $"""
        case when p.price_before <> s.price_cents then {(int)JournalFields.Price} else 0 end
                   + case when p.blueprint_before <> s.blueprint_id then {(int)JournalFields.Blueprint} else 0 end
        """);

    private static string InsertItems(AccountId account, string firstPosition = "null::bigint") => $"""
        insert into user_inventory_items (user_id, external_stock_id, blueprint_id, quantity, price_cents, properties, description,
                                          user_data_field, graded, content_hash, snapshot_from, snapshot_to, read_quantity, status, first_position, hold)
        select {Literal(account)}, s.external_stock_id, s.blueprint_id, s.quantity, s.price_cents, s.properties::jsonb, s.description,
               s.user_data_field, s.graded, s.content_hash, @from, @to, coalesce(s.read_quantity, s.quantity),
               case when s.quantity > 0 then 'active' else 'sold_out' end, {firstPosition},
               case when s.quantity > 0 and {IsGuarded(account)} then 1 else 0 end
        from brx_stage s
        """;

    private static string IsGuarded(AccountId account) => $"""
        exists (select from user_sync_settings a where a.user_id = {Literal(account)} and (a.safety_copies > 0 or a.safety_percent > 0))
        """;

    private const string JournalNew = """
        insert into stock_journal (position, came_first, user_id, external_stock_id, cause, source_id, actor, quantity_before, quantity_after, price_after,
                                   changed_fields)
        """;

    private static string JournalledNew(AccountId account) => string.Create(CultureInfo.InvariantCulture, $"""
        {Literal(account)}, external_stock_id, '{JournalCauses.Snapshot}', @operation, '{JournalActors.CardTrader}', 0, quantity, price_cents,
               {(int)NewItemFields.All}
        """);

    /// <summary>Counts on from the account's position, which is read once.</summary>
    private static string Position(AccountId account, string order) =>
        $"(select journal_position from user_sync_settings where user_id = {Literal(account)}) + row_number() over ({order})";

    private static string Literal(AccountId account) => string.Create(CultureInfo.InvariantCulture, $"'{account.Value:D}'::uuid");
}
