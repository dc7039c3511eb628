using System.Globalization;
using BrxSync.Sync.Abstractions.Records;
using BrxSync.Sync.Abstractions.Records.Snapshots;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>
/// The set-based statements of a snapshot. The write transaction is immediate, so nothing can change between plan and apply.
/// </summary>
internal static class SnapshotStatements
{
    public const string CreateStage = """
        drop table if exists temp.brx_stage;
        drop table if exists temp.brx_plan;
        create temp table brx_stage (
            row_index integer primary key,
            external_stock_id text not null,
            blueprint_id integer not null,
            quantity integer not null,
            price_cents integer,
            properties text not null,
            description text,
            user_data_field text,
            graded integer not null,
            content_hash integer not null,
            may_create integer not null,
            read_quantity integer);
        create temp table brx_plan (
            row_index integer, item_id integer, quantity_before integer, was_active integer, is_recent integer);
        """;

    /// <summary>A pooled connection keeps its temp tables and its page cache: both are given back.</summary>
    public const string Release = "drop table if exists temp.brx_stage; drop table if exists temp.brx_plan; pragma shrink_memory;";

    public const string InsertStage = """
        insert into temp.brx_stage (row_index, external_stock_id, blueprint_id, quantity, price_cents, properties, description,
                                    user_data_field, graded, content_hash, may_create)
        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
        """;

    /// <summary>
    /// Leaves the products out that we are putting on sale ourselves: they have their rows, which are linked by the answer or by the mark.
    /// Where no such row waits, the stage is not read.
    /// </summary>
    public const string LeaveListings = """
        delete from temp.brx_stage
        where exists (select 1 from pending_changes c where c.user_id = @account and c.is_open = 1 and c.kind = 'create')
          and substr(user_data_field, 1, 36) in (
              select 'brx:' || replace(c.id, '-', '') from pending_changes c
              where c.user_id = @account and c.is_open = 1 and c.kind = 'create')
          and not exists (select 1 from user_inventory_items t where t.user_id = @account and t.external_stock_id = brx_stage.external_stock_id);
        """;

    public const string IndexStage = "create index if not exists temp.brx_stage_product on brx_stage (external_stock_id);";

    /// <summary>Only run when an id came twice; needs the index of the stage.</summary>
    public const string FindDuplicates = """
        select external_stock_id as Id, count(*) as Rows,
               count(distinct blueprint_id || '|' || quantity || '|' || coalesce(price_cents, '') || '|' || graded || '|' || content_hash) as Variants
        from temp.brx_stage group by external_stock_id having count(*) > 1 order by min(row_index);
        """;

    public const string DropDuplicates = """
        delete from temp.brx_stage
        where row_index in (
            select s.row_index
            from temp.brx_stage s
            join (select external_stock_id, min(row_index) as first_row,
                         count(distinct blueprint_id || '|' || quantity || '|' || coalesce(price_cents, '') || '|' || graded || '|' || content_hash) as variants
                  from temp.brx_stage group by external_stock_id having count(*) > 1) g using (external_stock_id)
            where g.variants > 1 or s.row_index <> g.first_row);
        """;

    public const string WithholdPrices = """
        update temp.brx_stage set price_cents = null
        where (row_index in (select value from json_each(@rows))) <> @others;
        """;

    /// <summary>Compares row by row through the unique index of the inventory.</summary>
    public static string PlanStaged(SnapshotComparison comparison) => $"""
        insert into temp.brx_plan
        select s.row_index, t.id, t.quantity, t.status = 'active', {IsRecent}
        from temp.brx_stage s
        left join user_inventory_items t on t.user_id = @account and t.external_stock_id = s.external_stock_id
        where t.id is null or {IsRecent}
           or t.quantity <> s.quantity or t.price_cents <> s.price_cents or t.blueprint_id <> s.blueprint_id
           or {(comparison == SnapshotComparison.Hash ? DiffersByHash : DiffersByFields)}
           or t.status <> case when s.quantity > 0 then 'active' else 'sold_out' end;
        """;

    /// <summary>
    /// Read or changed here after CardTrader began to look: the rules decide about such a row. A row that was never read has no window.
    /// </summary>
    private const string IsRecent = """
        coalesce(t.reread_after = (select a.snapshots from user_sync_settings a where a.user_id = @account) and t.snapshot_to >= @since and t.snapshot_from <= @latest or t.changed_locally_at >= @since, false)
        """;

    private const string DiffersByHash = "t.content_hash is distinct from s.content_hash";

    private const string DiffersByFields = """
        t.graded is distinct from s.graded or t.description is distinct from s.description
           or t.user_data_field is distinct from s.user_data_field or t.properties is distinct from s.properties
        """;

    /// <summary>How many rows a snapshot is expected to hold, or may still lack.</summary>
    public const string CountExpected = """
        select count(*) from user_inventory_items
        where user_id = @account and external_stock_id is not null and (status = 'active' or missing_count = 1);
        """;

    /// <summary>How many of those the stage holds: what it does not list as new, less what comes back from out of view.</summary>
    public const string CountMatched = """
        select (select count(*) from temp.brx_stage) - count(*) filter (where p.item_id is null)
             - count(*) filter (where p.item_id is not null and not p.was_active and t.missing_count <> 1)
        from temp.brx_plan p left join user_inventory_items t on t.id = p.item_id;
        """;

    /// <summary>Only run when the counts say that something is missing; needs the index of the stage.</summary>
    public const string PlanMissing = $"""
        insert into temp.brx_plan
        select null, t.id, t.quantity, t.status = 'active', {IsRecent}
        from user_inventory_items t
        where t.user_id = @account and t.external_stock_id is not null and (t.status = 'active' or t.missing_count = 1)
          and not exists (select 1 from temp.brx_stage s where s.external_stock_id = t.external_stock_id);
        """;

    /// <summary>Counts the plan. A product at zero is not expected in a snapshot, so only rows with copies left make up a fall.</summary>
    public const string CountPlan = """
        select count(*) filter (where p.item_id is null and s.price_cents is not null and s.may_create) as Created,
               count(*) filter (where p.item_id is null and s.price_cents is null and s.may_create) as Unpriced,
               count(*) filter (where p.item_id is null and not s.may_create) as Barred,
               count(*) filter (where p.item_id is not null and p.row_index is not null) as Updated,
               count(*) filter (where p.item_id is not null and p.row_index is not null and p.was_active and p.quantity_before > 0) as UpdatedOnSale,
               count(*) filter (where p.row_index is null and p.was_active and p.quantity_before > 0) as Missing
        from temp.brx_plan p left join temp.brx_stage s on s.row_index = p.row_index;
        """;

    /// <summary>
    /// Journals what <see cref="Update"/> and <see cref="Insert"/> write; runs before them. A price that is not staged stays. In the
    /// order of the index on products, which a first load then builds by appending.
    /// </summary>
    public static string Journal { get; } = string.Create(CultureInfo.InvariantCulture, $"""
        insert into stock_journal (position, user_id, external_stock_id, cause, source_id, actor, quantity_before, quantity_after, price_before, price_after,
                                   changed_fields, recorded_at)
        select {Position} + row_number() over (order by d.external_stock_id), @account, d.external_stock_id, '{JournalCauses.Snapshot}', @operation,
               '{JournalActors.CardTrader}', d.quantity_before, d.quantity, d.price_before, d.price_after, d.fields, @now
        from (
            select s.external_stock_id, coalesce(p.quantity_before, 0) as quantity_before, s.quantity, t.price_cents as price_before,
                   coalesce(s.price_cents, t.price_cents) as price_after,
                   case when t.id is null then {(int)NewItemFields.All}
                        else {(int)JournalFields.Price} * (s.price_cents is not null and t.price_cents <> s.price_cents)
                             + {(int)JournalFields.Description} * (t.description is distinct from s.description)
                             + {(int)JournalFields.Properties} * (t.properties is distinct from s.properties)
                             + {(int)JournalFields.Graded} * (t.graded is distinct from s.graded)
                             + {(int)JournalFields.UserData} * (t.user_data_field is distinct from s.user_data_field)
                             + {(int)JournalFields.Blueprint} * (t.blueprint_id <> s.blueprint_id) end as fields
            from temp.brx_plan p join temp.brx_stage s on s.row_index = p.row_index
            left join user_inventory_items t on t.id = p.item_id
            where p.item_id is not null or (s.price_cents is not null and s.may_create)) d
        where d.quantity_before <> d.quantity or d.fields <> 0;
        """);

    public const string Update = """
        update user_inventory_items as t
        set blueprint_id = s.blueprint_id, quantity = s.quantity, price_cents = coalesce(s.price_cents, t.price_cents),
            properties = s.properties, description = s.description, user_data_field = s.user_data_field, graded = s.graded,
            content_hash = s.content_hash, status = case when s.quantity > 0 then 'active' else 'sold_out' end, missing_count = 0, missing_since = null,
            snapshot_from = @from, snapshot_to = @to, read_quantity = coalesce(s.read_quantity, s.quantity), reread_after = null, row_version = t.row_version + 1, updated_at = @now
        from temp.brx_plan p join temp.brx_stage s on s.row_index = p.row_index
        where t.id = p.item_id;
        """;

    /// <summary>In the order of the unique index, which is then built by appending.</summary>
    public const string Insert = """
        insert into user_inventory_items (user_id, external_stock_id, blueprint_id, quantity, price_cents, properties, description,
                                          user_data_field, graded, content_hash, snapshot_from, snapshot_to, read_quantity, status, created_at, updated_at)
        select @account, s.external_stock_id, s.blueprint_id, s.quantity, s.price_cents, s.properties, s.description,
               s.user_data_field, s.graded, s.content_hash, @from, @to, coalesce(s.read_quantity, s.quantity),
               case when s.quantity > 0 then 'active' else 'sold_out' end, @now, @now
        from temp.brx_plan p join temp.brx_stage s on s.row_index = p.row_index
        where p.item_id is null and s.price_cents is not null and s.may_create
        order by s.external_stock_id;
        """;

    public const string JournalMissing = $"""
        insert into stock_journal (position, user_id, external_stock_id, cause, source_id, actor, quantity_before, quantity_after, price_before, price_after,
                                   recorded_at)
        select {Position} + row_number() over (order by t.external_stock_id), @account, t.external_stock_id, '{JournalCauses.Missing}', @operation,
               '{JournalActors.CardTrader}', t.quantity, 0, t.price_cents, t.price_cents, @now
        from temp.brx_plan p join user_inventory_items t on t.id = p.item_id
        where p.row_index is null and t.quantity <> 0;
        """;

    private const string Position = "(select journal_position from user_sync_settings where user_id = @account)";

    public const string MarkMissing = """
        update user_inventory_items as t
        set quantity = 0,
            status = case when t.status = 'active' and t.quantity = 0 then 'sold_out' else 'missing' end,
            missing_count = case when t.status = 'active' and t.quantity = 0 then 0 else t.missing_count + 1 end,
            missing_since = case when t.status = 'active' and t.quantity = 0 then null else coalesce(t.missing_since, @from) end,
            snapshot_from = @from, snapshot_to = @to, read_quantity = 0, reread_after = null, row_version = t.row_version + 1, updated_at = @now
        from temp.brx_plan p
        where p.row_index is null and t.id = p.item_id;
        """;

    public const string Record = """
        insert into sync_snapshots (user_id, operation_id, window_from, window_to, staged, skipped, fall_linked, fall_seen,
                                    can_be_confirmed, new_currency, verdict, reasons, created_at)
        values (@account, @OperationId, @from, @to, @Staged, @Skipped, @linked, @seen, @CanBeConfirmed, @NewCurrency, @verdict, @reasons, @now);
        """;

    /// <summary>Lists an account's snapshots, newest first, by the index on account and id.</summary>
    public static string ListRecords(string condition) => $"""
        select operation_id as OperationId, window_from as WindowFrom, window_to as WindowTo, staged as Staged, skipped as Skipped,
               fall_linked as FallLinked, fall_seen as FallSeen, can_be_confirmed as CanBeConfirmed, new_currency as NewCurrency, verdict as Verdict, reasons as Reasons,
               created_at as CreatedAt
        from sync_snapshots where user_id = @account {condition} order by id desc limit @limit;
        """;
}
