namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>
/// The statements of one step on an account's stock. Each is set-based over arrays; $1 is always the account. The account's row is locked
/// first, so two steps of one account never meet on the rows below it and cannot deadlock. Where a delivery's
/// statements compare keys with an array, it stands behind a sub-select: the planner cannot count it there and keeps one plan for all
/// calls. Else it would make a new plan for each, which costs more than to run it.
/// </summary>
internal static class StockStatements
{
    /// <summary>Locks the account's row; read with it, what it says is that of the last committed step.</summary>
    public const string LockAccount = """
        select books_started_at, snapshot_from, snapshot_to, withheld_to, orders_known_until, snapshots, cardtrader_user_id, writes_enabled,
               cardtrader_token_encrypted is not null, safety_copies, safety_percent, safety_actor, push_owner
        from user_sync_settings where user_id = $1 for no key update
        """;

    /// <summary>Finds deliveries that were applied, by the key of the inbox. One that waits was not.</summary>
    public const string FindDeliveries = """
        select delivery_id from webhook_inbox where user_id = $1 and delivery_id = any((select $2::text[])::text[]) and outcome <> 'waiting'
        """;

    /// <summary>
    /// Reads the orders asked for, the source orders that they are known to name, and all that carry goods of either, by
    /// the keys of both tables.
    /// </summary>
    public const string LoadOrders = $"""
        with named as materialized (
            select $2::bigint[] || array(
                select l.source_order_id from order_stock_ledger l
                where l.user_id = $1 and l.order_id = any((select $2::bigint[])::bigint[]) and l.source_order_id <> l.order_id) as orders),
        concerned as materialized (
            select n.orders || array(
                select l.order_id from order_stock_ledger l
                where l.user_id = $1 and l.source_order_id = any(n.orders) and l.source_order_id <> l.order_id) as orders
            from named n)
        select {OrderColumns}
        from stock_orders o left join order_stock_ledger l on l.user_id = o.user_id and l.order_id = o.order_id
        where o.user_id = $1 and o.order_id = any((select c.orders from concerned c)::bigint[])
        order by o.order_id, l.order_item_id
        """;

    /// <summary>Reads all orders of the account, which has just begun.</summary>
    public const string LoadAllOrders = $"""
        select {OrderColumns}
        from stock_orders o left join order_stock_ledger l on l.user_id = o.user_id and l.order_id = o.order_id
        where o.user_id = $1
        order by o.order_id, l.order_item_id
        """;

    /// <summary>
    /// Finds the orders that sold some products since an instant, or that were reported about since, by the index on product and time.
    /// </summary>
    public const string FindSales = """
        select distinct l.order_id
        from order_stock_ledger l join stock_orders o on o.user_id = l.user_id and o.order_id = l.order_id
        where l.user_id = $1 and l.external_stock_id = any($2) and (l.sold_at >= $3 or o.moment_to >= $3 or o.lines_to >= $3)
        """;

    /// <summary>Reads items by the unique index on account and product.</summary>
    public const string LoadItems = """
        select external_stock_id, quantity, status, missing_count, missing_since, snapshot_from, snapshot_to, read_quantity, changed_locally_at, reread_after,
               held_back, safety_copies, safety_percent, hold
        from user_inventory_items where user_id = $1 and external_stock_id = any((select $2::text[])::text[])
        """;

    /// <summary>
    /// Reads rows with what they hold, of the long fields those that are wanted: by their ids by the primary key, by their products by the
    /// unique index on account and product.
    /// </summary>
    public const string LoadDetails = $"""
        select {DetailColumns} from user_inventory_items where user_id = $1 and id = any((select $2::bigint[])::bigint[])
        union all
        select {DetailColumns} from user_inventory_items where user_id = $1 and external_stock_id = any((select $3::text[])::text[])
        """;

    /// <summary>Finds the run of an operation by its unique id; whoever ends it holds the account's row.</summary>
    public const string FindRun = """
        select 1 from sync_operations where user_id = $1 and operation_id = $2 and status = 'running' and started_at = $3
        """;

    /// <summary>Finds references that are known, by the unique index on account and reference.</summary>
    public const string FindReferences = """
        select reference, id from pending_changes where user_id = $1 and reference = any((select $2::text[])::text[])
        """;

    /// <summary>Reads changes that a read may still need, by the partial index on account and product.</summary>
    public const string LoadChanges = """
        select id, external_stock_id, kind, delta, fields, state, sent_at, answered_at, baseline_quantity, baseline_from, baseline_to, seq,
               is_reservation, held_back, short
        from pending_changes where user_id = $1 and external_stock_id = any((select $2::text[])::text[]) and is_open
        """;

    public const string LoadRereads = """
        select external_stock_id, asked_at from reread_requests where user_id = $1 and external_stock_id = any($2)
        """;

    /// <summary>
    /// What the step found to be new is inserted without looking for a conflict, which costs a third less: the account's lock keeps it new.
    /// Only a delivery that waited too long for this very step can have been kept meanwhile; then the step fails, and
    /// the kept one is applied.
    /// </summary>
    public const string InsertDeliveries = """
        insert into webhook_inbox (user_id, delivery_id, event_time, cause, order_id, mode, outcome, note, trace_parent, received_at)
        select $1, d.*, now()
        from unnest($2::text[], $3::timestamptz[], $4::text[], $5::bigint[], $6::text[], $7::text[], $8::text[], $9::text[]) d
        """;

    /// <summary>Gives deliveries that waited their outcome.</summary>
    public const string EndWaiting = """
        update webhook_inbox i set outcome = d.outcome, note = d.note, report = null
        from unnest($2::text[], $3::text[], $4::text[]) d (delivery_id, outcome, note)
        where i.user_id = $1 and i.delivery_id = d.delivery_id and i.outcome = 'waiting'
        """;

    public const string InsertOrders = """
        insert into stock_orders (user_id, order_id, via_zero, state, moment_from, moment_to, saw_opening, lines_from, lines_to, updated_at)
        select $1, d.*, now()
        from unnest($2::bigint[], $3::boolean[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::boolean[], $8::timestamptz[], $9::timestamptz[]) d
        """;

    public const string UpdateOrders = """
        update stock_orders o
        set via_zero = d.via_zero, state = d.state, moment_from = d.moment_from, moment_to = d.moment_to, saw_opening = d.saw_opening,
            lines_from = d.lines_from, lines_to = d.lines_to, updated_at = now()
        from unnest($2::bigint[], $3::boolean[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::boolean[], $8::timestamptz[], $9::timestamptz[])
             d (order_id, via_zero, state, moment_from, moment_to, saw_opening, lines_from, lines_to)
        where o.user_id = $1 and o.order_id = d.order_id
        """;

    public const string InsertLedger = """
        insert into order_stock_ledger (user_id, order_id, order_item_id, source_order_id, external_stock_id, quantity, sold_at, is_exact, is_deleted, counted, has_stood)
        select $1, d.*
        from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::integer[], $7::timestamptz[], $8::boolean[], $9::boolean[], $10::integer[], $11::boolean[]) d
        """;

    public const string UpdateLedger = """
        update order_stock_ledger l
        set source_order_id = d.source_order_id, external_stock_id = d.external_stock_id, quantity = d.quantity, sold_at = d.sold_at,
            is_exact = d.is_exact, is_deleted = d.is_deleted, counted = d.counted, has_stood = d.has_stood
        from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::integer[], $7::timestamptz[], $8::boolean[], $9::boolean[], $10::integer[], $11::boolean[])
             d (order_id, order_item_id, source_order_id, external_stock_id, quantity, sold_at, is_exact, is_deleted, counted, has_stood)
        where l.user_id = $1 and l.order_id = d.order_id and l.order_item_id = d.order_item_id
        """;

    public const string DropLedger = """
        delete from order_stock_ledger l using unnest($2::bigint[], $3::bigint[]) d (order_id, order_item_id)
        where l.user_id = $1 and l.order_id = d.order_id and l.order_item_id = d.order_item_id
        """;

    /// <summary>
    /// Updates by the unique index on account and product; no indexed column changes, so the updates stay on their pages.
    /// </summary>
    public const string SaveItems = """
        update user_inventory_items t
        set quantity = d.quantity, status = d.status, missing_count = d.missing_count, missing_since = d.missing_since,
            snapshot_from = d.read_from, snapshot_to = d.read_to, read_quantity = d.read_quantity, changed_locally_at = d.changed_at,
            held_back = d.held_back, safety_copies = d.safety_copies, safety_percent = d.safety_percent, hold = d.hold,
            reread_after = (select a.snapshots from user_sync_settings a where a.user_id = $1), row_version = t.row_version + 1, updated_at = now()
        from unnest((select $2::text[]), $3::integer[], $4::text[], $5::integer[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::integer[], $10::timestamptz[],
                    $11::integer[], $12::integer[], $13::integer[], $14::integer[])
             d (product, quantity, status, missing_count, missing_since, read_from, read_to, read_quantity, changed_at, held_back, safety_copies, safety_percent, hold)
        where t.user_id = $1 and t.external_stock_id = d.product
        """;

    /// <summary>Updates rows that are linked to no product, by the primary key.</summary>
    public const string SaveUnlinkedItems = """
        update user_inventory_items t
        set quantity = d.quantity, status = d.status, missing_count = d.missing_count, missing_since = d.missing_since,
            changed_locally_at = d.changed_at, held_back = d.held_back, safety_copies = d.safety_copies, safety_percent = d.safety_percent,
            hold = d.hold, row_version = t.row_version + 1, updated_at = now()
        from unnest((select $2::bigint[]), $3::integer[], $4::text[], $5::integer[], $6::timestamptz[], $7::timestamptz[], $8::integer[],
                    $9::integer[], $10::integer[], $11::integer[])
             d (id, quantity, status, missing_count, missing_since, changed_at, held_back, safety_copies, safety_percent, hold)
        where t.user_id = $1 and t.id = d.id
        """;

    /// <summary>
    /// Sets fields of rows by the primary key. The content hash then matches no snapshot, so that the next one compares the row.
    /// </summary>
    public const string SaveEdits = """
        update user_inventory_items t
        set price_cents = case when d.fields & 1 <> 0 then d.price_cents else t.price_cents end,
            description = case when d.fields & 2 <> 0 then d.description else t.description end,
            properties = case when d.fields & 4 <> 0 then d.properties::jsonb else t.properties end,
            graded = case when d.fields & 8 <> 0 then d.graded else t.graded end,
            user_data_field = case when d.fields & 32 <> 0 then d.user_data_field else t.user_data_field end,
            content_hash = case when d.fields & 46 <> 0 then null else t.content_hash end,
            row_version = t.row_version + 1, updated_at = now()
        from unnest((select $2::bigint[]), $3::integer[], $4::integer[], $5::text[], $6::text[], $7::boolean[], $8::text[])
             d (id, fields, price_cents, description, properties, graded, user_data_field)
        where t.user_id = $1 and t.id = d.id
        """;

    /// <summary>Sets prices of rows by the primary key; no content hash tells of them.</summary>
    public const string SavePrices = """
        update user_inventory_items t set price_cents = d.price_cents, row_version = t.row_version + 1, updated_at = now()
        from unnest((select $2::bigint[]), $3::integer[]) d (id, price_cents)
        where t.user_id = $1 and t.id = d.id
        """;

    /// <summary>Links rows to products by the primary key. That a product has one row is the unique index's to keep.</summary>
    public const string LinkItems = """
        update user_inventory_items t set external_stock_id = d.product
        from unnest($2::bigint[], $3::text[]) d (id, product)
        where t.user_id = $1 and t.id = d.id
        """;

    /// <summary>Adds a row that is linked to no product and has no copies yet.</summary>
    public const string AddItem = """
        insert into user_inventory_items (user_id, blueprint_id, quantity, price_cents, properties, description, user_data_field, graded, status, row_version)
        values ($1, $2, 0, $3, $4::jsonb, $5, $6, $7, 'sold_out', 0)
        returning id
        """;

    /// <summary>
    /// Counts on from the account's position: its row is locked, so positions rise in the order of the commits. A line that does not
    /// change the price takes the item's, by the unique index on account and product; the items are written before.
    /// </summary>
    public const string SaveJournal = """
        with counted as (
            update user_sync_settings set journal_position = journal_position + cardinality($2::text[]) where user_id = $1
            returning journal_position - cardinality($2::text[]) as last)
        insert into stock_journal (user_id, position, external_stock_id, cause, source_id, quantity_before, quantity_after, oversold, actor, changed_fields,
                                   price_before, price_after)
        select $1, c.last + d.place, d.product, d.cause, d.source, d.before, d.after, d.oversold, d.actor, d.fields,
               case when d.fields & 1 <> 0 then d.price_before else i.price_cents end, case when d.fields & 1 <> 0 then d.price_after else i.price_cents end
        from counted c
        cross join unnest($2::text[], $3::text[], $4::text[], $5::integer[], $6::integer[], $7::integer[], $8::text[], $9::integer[], $10::integer[], $11::integer[])
             with ordinality d (product, cause, source, before, after, oversold, actor, fields, price_before, price_after, place)
        left join lateral (
            select t.price_cents from user_inventory_items t where t.user_id = $1 and t.external_stock_id = d.product limit 1) i on true
        """;

    /// <summary>Counts on from the account's position for lines that are copied; the account's row is locked.</summary>
    public const string CountJournal = """
        update user_sync_settings set journal_position = journal_position + $2 where user_id = $1 returning journal_position - $2
        """;

    /// <summary>
    /// Each request is later than the one before it, whatever the clock does: a read that began in between must not meet it.
    /// </summary>
    public const string SaveRereads = """
        insert into reread_requests as r (user_id, external_stock_id, blueprint_id, asked_at)
        select $1, d.* from unnest($2::text[], $3::bigint[], $4::timestamptz[]) d
        on conflict (user_id, external_stock_id, blueprint_id) do update
        set asked_at = greatest(excluded.asked_at, r.asked_at + interval '1 microsecond'), attempts = 0, not_before = null
        """;

    public const string MeetRereads = """
        delete from reread_requests r using unnest($2::text[], $3::bigint[], $4::timestamptz[]) d (product, blueprint, asked_at)
        where r.user_id = $1 and r.external_stock_id = d.product and r.blueprint_id = d.blueprint and r.asked_at = d.asked_at
        """;

    /// <summary>
    /// Each request is later than the one before it, whatever the clock does: a fetch that began in between must not end it.
    /// </summary>
    public const string SaveFetches = """
        insert into order_fetches as f (user_id, order_id, asked_at) select $1, d, now() from unnest($2::bigint[]) d
        on conflict (user_id, order_id) do update set asked_at = greatest(excluded.asked_at, f.asked_at + interval '1 microsecond')
        """;

    /// <summary>As above; what was tried in vain before is forgotten.</summary>
    public const string SaveFetchesAnew = $"{SaveFetches}, attempts = 0, not_before = null";

    /// <summary>The account's row is locked already.</summary>
    public const string AskForDeepPoll = "update user_sync_settings set orders_polled_at = null where user_id = $1";

    public const string EndFetches = """
        delete from order_fetches f using unnest($2::bigint[], $3::timestamptz[]) d (order_id, asked_at)
        where f.user_id = $1 and f.order_id = d.order_id and f.asked_at = d.asked_at
        """;

    public const string SaveNotices = """
        insert into stock_notices (user_id, order_id, kind, noticed_at) select $1, d.*, now() from unnest($2::bigint[], $3::text[]) d
        on conflict (user_id, order_id, kind) do nothing
        """;

    /// <summary>
    /// Adds changes, or moves them on; each state that one reaches is noted, the first one once there is a second. A change whose fate is
    /// known, and that no read can have to do with, is closed at once.
    /// </summary>
    public const string SaveChanges = $"""
        insert into pending_changes as c (user_id, id, external_stock_id, kind, delta, fields, state, sent_at, answered_at,
                                          baseline_quantity, baseline_from, baseline_to, merged_into, item_id, content, reference, actor,
                                          operation_id, trace_parent, created_at, updated_at, is_open, history, is_reservation,
                                          held_back, short)
        select $1, d.id, d.product, d.kind, d.delta, d.fields, d.state, d.sent_at, d.answered_at, d.baseline_quantity, d.baseline_from,
               d.baseline_to, d.merged_into, coalesce(d.item_id, 0), d.content, d.reference, d.actor, d.operation_id, d.trace_parent,
               coalesce(d.made_at, now()), now(), d.state not in ('failed', 'superseded', 'local'), '[]'::jsonb, d.is_reservation,
               d.held_back, d.short
        from unnest($2::uuid[], $3::text[], $4::text[], $5::integer[], $6::integer[], $7::text[], $8::timestamptz[], $9::timestamptz[],
                    $10::integer[], $11::timestamptz[], $12::timestamptz[], $13::uuid[], $14::bigint[], $15::text[], $16::text[], $17::text[],
                    $18::text[], $19::text[], $20::boolean[], $21::timestamptz[], $22::integer[], $23::integer[])
             d (id, product, kind, delta, fields, state, sent_at, answered_at, baseline_quantity, baseline_from, baseline_to, merged_into,
                item_id, content, reference, actor, operation_id, trace_parent, is_reservation, made_at, held_back, short)
        on conflict (user_id, id) do update
        set external_stock_id = excluded.external_stock_id, delta = excluded.delta, held_back = excluded.held_back, short = excluded.short, fields = excluded.fields, state = excluded.state,
            sent_at = excluded.sent_at, answered_at = excluded.answered_at, baseline_quantity = excluded.baseline_quantity,
            baseline_from = excluded.baseline_from, baseline_to = excluded.baseline_to, merged_into = excluded.merged_into,
            is_open = excluded.is_open, updated_at = now(),
            history = {ChangeQueries.History} || case when c.state = excluded.state then '[]' else jsonb_build_array(jsonb_build_object('state', excluded.state, 'at', now())) end
        """;

    /// <summary>Notes how sending changes went, by the primary key.</summary>
    public const string SaveAttempts = """
        update pending_changes c
        set call = d.call, job_id = d.job_id, job_index = d.job_index, attempts = d.attempts, not_before = d.not_before, is_alone = d.is_alone,
            error_code = d.error_code, error = d.error, remarks = coalesce(d.remarks::jsonb, c.remarks)
        from unnest($2::uuid[], $3::text[], $4::text[], $5::integer[], $6::integer[], $7::timestamptz[], $8::boolean[], $9::text[], $10::text[],
                    $11::text[])
             d (id, call, job_id, job_index, attempts, not_before, is_alone, error_code, error, remarks)
        where c.user_id = $1 and c.id = d.id
        """;

    /// <summary>No read needs them any more; they stay as history.</summary>
    public const string ForgetChanges = "update pending_changes set is_open = false where user_id = $1 and id = any($2)";

    private const string DetailColumns = """
        external_stock_id, quantity, status, missing_count, missing_since, snapshot_from, snapshot_to, read_quantity, changed_locally_at,
        reread_after, held_back, safety_copies, safety_percent, hold, id, blueprint_id, price_cents, case when $4 & 4 <> 0 then properties::text end, case when $4 & 2 <> 0 then description end,
        case when $4 & 32 <> 0 then user_data_field end, graded, row_version
        """;

    private const string OrderColumns = """
        o.order_id, o.via_zero, o.state, o.moment_from, o.moment_to, o.saw_opening, o.lines_from, o.lines_to,
        l.order_item_id, l.source_order_id, l.external_stock_id, l.quantity, l.sold_at, l.is_exact, l.is_deleted, l.has_stood
        """;
}
