namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>
/// The statements of one step on an account's stock. The transaction is immediate: it is the database's only writer. Lists
/// of keys are cross joined: SQLite then looks each of them up, where it would else walk through all rows of the account
/// and look into the list for each.
/// </summary>
internal static class StockStatements
{
    public const string ReadAccount = """
        select books_started_at as BooksStart, snapshot_from as SnapshotFrom, snapshot_to as SnapshotTo, withheld_to as WithheldTo,
               orders_known_until as OrdersKnownUntil, snapshots as Snapshots, cardtrader_user_id as Seller, writes_enabled as WritesEnabled,
               cardtrader_token_encrypted is not null as IsConnected, safety_copies as SafetyCopies, safety_percent as SafetyPercent,
               safety_actor as SafetyActor, push_owner as PushOwner
        from user_sync_settings where user_id = @account
        """;

    /// <summary>Finds deliveries that were applied, by the key of the inbox. One that waits was not.</summary>
    public const string FindDeliveries = """
        select i.delivery_id from json_each(@ids) d cross join webhook_inbox i on i.user_id = @account and i.delivery_id = d.value
        where i.outcome <> 'waiting'
        """;

    /// <summary>
    /// Reads the orders asked for, the source orders that they are known to name, and all that carry goods of either, by
    /// the keys of both tables.
    /// </summary>
    public const string LoadOrders = $"""
        with named as (
            select value as order_id from json_each(@ids)
            union
            select l.source_order_id from json_each(@ids) a cross join order_stock_ledger l on l.user_id = @account and l.order_id = a.value
            where l.source_order_id <> l.order_id),
        concerned as (
            select order_id from named
            union
            select l.order_id from named n cross join order_stock_ledger l on l.user_id = @account and l.source_order_id = n.order_id
            where l.source_order_id <> l.order_id)
        {SelectOrders} and o.order_id in (select order_id from concerned)
        order by o.order_id, l.order_item_id
        """;

    /// <summary>Reads all orders of the account, which has just begun.</summary>
    public const string LoadAllOrders = $"{SelectOrders} order by o.order_id, l.order_item_id";

    /// <summary>
    /// Finds the orders that sold some products since an instant, or that were reported about since, by the index on product and time.
    /// </summary>
    public const string FindSales = """
        select distinct l.order_id
        from json_each(@products) p
        cross join order_stock_ledger l on l.user_id = @account and l.external_stock_id = p.value
        cross join stock_orders o on o.user_id = l.user_id and o.order_id = l.order_id
        where l.sold_at >= @since or o.moment_to >= @since or o.lines_to >= @since
        """;

    /// <summary>Reads items by the unique index on account and product.</summary>
    public const string LoadItems = """
        select i.external_stock_id as Product, i.quantity as Quantity, i.status as Status, i.missing_count as MissingCount,
               i.missing_since as MissingSince, i.snapshot_from as ReadFrom, i.snapshot_to as ReadTo, i.read_quantity as ReadQuantity,
               i.changed_locally_at as ChangedLocallyAt, i.reread_after as RereadAfter,
               i.held_back as HeldBack, i.safety_copies as SafetyCopies, i.safety_percent as SafetyPercent, i.hold as Hold
        from json_each(@products) p cross join user_inventory_items i on i.user_id = @account and i.external_stock_id = p.value
        """;

    /// <summary>Reads rows with all that they hold, by their ids.</summary>
    public const string LoadDetailsById =
        $"select {DetailColumns} from json_each(@ids) p cross join user_inventory_items i on i.id = p.value and i.user_id = @account";

    /// <summary>Reads rows with all that they hold, by the unique index on account and product.</summary>
    public const string LoadDetailsByProduct = $"""
        select {DetailColumns}
        from json_each(@products) p cross join user_inventory_items i on i.user_id = @account and i.external_stock_id = p.value
        """;

    /// <summary>Finds the run of an operation by its unique id.</summary>
    public const string FindRun = """
        select 1 from sync_operations where user_id = @account and operation_id = @operation and status = 'running' and started_at = @startedAt
        """;

    /// <summary>Finds references that are known, by the unique index on account and reference.</summary>
    public const string FindReferences = """
        select c.reference as Reference, c.id as Id
        from json_each(@references) p cross join pending_changes c on c.user_id = @account and c.reference = p.value
        """;

    /// <summary>Reads changes that a read may still need, by the partial index on account and product.</summary>
    public const string LoadChanges = """
        select c.id as Id, c.external_stock_id as Product, c.kind as Kind, c.delta as Delta, c.fields as Fields, c.state as State,
               c.sent_at as SentAt, c.answered_at as AnsweredAt, c.baseline_quantity as BaselineQuantity, c.baseline_from as BaselineFrom,
               c.baseline_to as BaselineTo, c.seq as Sequence, c.is_reservation as IsReservation, c.held_back as HeldBack, c.short as Short
        from json_each(@products) p
        cross join pending_changes c indexed by ix_changes_open
            on c.user_id = @account and c.external_stock_id = p.value and c.is_open = 1
        """;

    public const string LoadRereads = """
        select r.external_stock_id as Product, r.asked_at as AskedAt
        from json_each(@products) p cross join reread_requests r on r.user_id = @account and r.external_stock_id = p.value
        """;

    /// <summary>Keeps each delivery once; one that waited gets its outcome.</summary>
    public const string SaveDelivery = """
        insert into webhook_inbox (user_id, delivery_id, event_time, cause, order_id, mode, outcome, note, trace_parent, received_at)
        values (@account, @Id, @EventTime, @Cause, @OrderId, @Mode, @Outcome, @Note, @TraceParent, @now)
        on conflict (user_id, delivery_id) do update
        set outcome = excluded.outcome, note = excluded.note, report = null
        where webhook_inbox.outcome = 'waiting'
        """;

    public const string SaveOrder = """
        insert into stock_orders (user_id, order_id, via_zero, state, moment_from, moment_to, saw_opening, lines_from, lines_to, updated_at)
        values (@account, @Order, @ViaZero, @State, @MomentFrom, @MomentTo, @SawOpening, @LinesFrom, @LinesTo, @now)
        on conflict (user_id, order_id) do update
        set via_zero = excluded.via_zero, state = excluded.state, moment_from = excluded.moment_from, moment_to = excluded.moment_to,
            saw_opening = excluded.saw_opening, lines_from = excluded.lines_from, lines_to = excluded.lines_to, updated_at = excluded.updated_at
        """;

    public const string SaveLine = """
        insert into order_stock_ledger (user_id, order_id, order_item_id, source_order_id, external_stock_id, quantity, sold_at, is_exact, is_deleted, counted, has_stood)
        values (@account, @Order, @Item, @Source, @Product, @Quantity, @SoldAt, @IsExact, @IsDeleted, @Counted, @HasStood)
        on conflict (user_id, order_id, order_item_id) do update
        set source_order_id = excluded.source_order_id, external_stock_id = excluded.external_stock_id, quantity = excluded.quantity,
            sold_at = excluded.sold_at, is_exact = excluded.is_exact, is_deleted = excluded.is_deleted, counted = excluded.counted,
            has_stood = excluded.has_stood
        """;

    public const string DropLine =
        "delete from order_stock_ledger where user_id = @account and order_id = @Order and order_item_id = @Item";

    public const string SaveItem = """
        update user_inventory_items
        set quantity = @Quantity, status = @Status, missing_count = @MissingCount, missing_since = @MissingSince, snapshot_from = @ReadFrom,
            snapshot_to = @ReadTo, read_quantity = @ReadQuantity, changed_locally_at = @ChangedLocallyAt, held_back = @HeldBack,
            safety_copies = @SafetyCopies, safety_percent = @SafetyPercent, hold = @Hold, reread_after = (select a.snapshots from user_sync_settings a where a.user_id = @account), row_version = row_version + 1, updated_at = @now
        where user_id = @account and external_stock_id = @Product
        """;

    /// <summary>Updates a row that is linked to no product.</summary>
    public const string SaveUnlinkedItem = """
        update user_inventory_items
        set quantity = @Quantity, status = @Status, missing_count = @MissingCount, missing_since = @MissingSince,
            changed_locally_at = @ChangedLocallyAt, held_back = @HeldBack, safety_copies = @SafetyCopies, safety_percent = @SafetyPercent,
            hold = @Hold, row_version = row_version + 1, updated_at = @now
        where id = @Item and user_id = @account
        """;

    /// <summary>Sets fields of a row. The content hash then matches no snapshot, so that the next one compares the row.</summary>
    public const string SaveEdit = """
        update user_inventory_items
        set price_cents = case when @Fields & 1 then @PriceCents else price_cents end,
            description = case when @Fields & 2 then @Description else description end,
            properties = case when @Fields & 4 then @Properties else properties end,
            graded = case when @Fields & 8 then @Graded else graded end,
            user_data_field = case when @Fields & 32 then @UserDataField else user_data_field end,
            content_hash = case when @Fields & 46 then null else content_hash end,
            row_version = row_version + 1, updated_at = @now
        where id = @Item and user_id = @account
        """;

    /// <summary>Links a row to a product. That a product has one row is the unique index's to keep.</summary>
    public const string LinkItem = "update user_inventory_items set external_stock_id = @Product where id = @Item and user_id = @account";

    /// <summary>Adds a row that is linked to no product and has no copies yet.</summary>
    public const string AddItem = """
        insert into user_inventory_items (user_id, blueprint_id, quantity, price_cents, properties, description, user_data_field, graded,
                                          status, row_version, created_at, updated_at)
        values (@account, @Blueprint, 0, @PriceCents, @Properties, @Description, @UserDataField, @Graded, 'sold_out', 0, @now, @now)
        returning id
        """;

    /// <summary>
    /// Counts on from the account's position. A line that does not change the price takes the item's, by the unique index on account and
    /// product; the items are written before.
    /// </summary>
    public const string SaveJournal = """
        insert into stock_journal (user_id, position, external_stock_id, cause, source_id, quantity_before, quantity_after, oversold, actor, changed_fields,
                                   price_before, price_after, recorded_at)
        select @account, a.journal_position + @Place, @Product, @Cause, @SourceId, @Before, @After, @Oversold, @Actor, @Fields,
               case when @Fields & 1 then @PriceBefore else i.price_cents end, case when @Fields & 1 then @PriceAfter else i.price_cents end, @now
        from user_sync_settings a
        left join user_inventory_items i on i.user_id = a.user_id and i.external_stock_id = @Product
        where a.user_id = @account
        """;

    /// <summary>Notes the position that the journal has come to.</summary>
    public const string RaiseJournal =
        "update user_sync_settings set journal_position = journal_position + @written where user_id = @account";

    /// <summary>
    /// Each request is later than the one before it, whatever the clock does: a read that began in between must not meet it.
    /// </summary>
    public const string SaveReread = """
        insert into reread_requests (user_id, external_stock_id, blueprint_id, asked_at)
        values (@account, @Product, @Blueprint, @AskedAt)
        on conflict (user_id, external_stock_id, blueprint_id) do update
        set asked_at = max(excluded.asked_at, asked_at + 1), attempts = 0, not_before = null
        """;

    public const string MeetReread = """
        delete from reread_requests
        where user_id = @account and external_stock_id = @Product and blueprint_id = @Blueprint and asked_at = @AskedAt
        """;

    /// <summary>
    /// Each request is later than the one before it, whatever the clock does: a fetch that began in between must not end it.
    /// </summary>
    public const string SaveFetch = """
        insert into order_fetches (user_id, order_id, asked_at) values (@account, @Order, @now)
        on conflict (user_id, order_id) do update set asked_at = max(excluded.asked_at, asked_at + 1)
        """;

    /// <summary>As above; what was tried in vain before is forgotten.</summary>
    public const string SaveFetchAnew = $"{SaveFetch}, attempts = 0, not_before = null";

    public const string AskForDeepPoll = "update user_sync_settings set orders_polled_at = null where user_id = @account";

    public const string EndFetch = "delete from order_fetches where user_id = @account and order_id = @Order and asked_at = @AskedAt";

    public const string SaveNotice = """
        insert into stock_notices (user_id, order_id, kind, noticed_at) values (@account, @Order, @Kind, @now)
        on conflict (user_id, order_id, kind) do nothing
        """;

    /// <summary>
    /// Adds a change, or moves it on; each state that it reaches is noted. One whose fate is known, and that no read can have to do with,
    /// is closed at once.
    /// </summary>
    public const string SaveChange = """
        insert into pending_changes (user_id, id, external_stock_id, kind, delta, fields, state, sent_at, answered_at, baseline_quantity,
                                     baseline_from, baseline_to, merged_into, item_id, content, reference, actor, operation_id, trace_parent,
                                     created_at, updated_at, is_open, history, seq, is_reservation, held_back, short)
        values (@account, @Id, @Product, @Kind, @Delta, @Fields, @State, @SentAt, @AnsweredAt, @BaselineQuantity, @BaselineFrom, @BaselineTo,
                @MergedInto, coalesce(@Item, 0), @Content, @Reference, @Actor, @OperationId, @TraceParent,
                coalesce(@MadeAt, @now), @now,
                @State not in ('failed', 'superseded', 'local'), json_array(json_object('state', @State, 'at', @now)),
                (select coalesce(max(seq), 0) + 1 from pending_changes where user_id = @account), @IsReservation, @HeldBack, @Short)
        on conflict (user_id, id) do update
        set external_stock_id = excluded.external_stock_id, delta = excluded.delta, held_back = excluded.held_back, short = excluded.short, fields = excluded.fields, state = excluded.state,
            sent_at = excluded.sent_at, answered_at = excluded.answered_at, baseline_quantity = excluded.baseline_quantity,
            baseline_from = excluded.baseline_from, baseline_to = excluded.baseline_to, merged_into = excluded.merged_into,
            is_open = excluded.is_open, updated_at = excluded.updated_at,
            history = case when state = excluded.state then history
                           else json_insert(history, '$[#]', json_object('state', excluded.state, 'at', excluded.updated_at)) end
        """;

    /// <summary>Notes how sending a change went.</summary>
    public const string SaveAttempt = """
        update pending_changes
        set call = @Call, job_id = @JobId, job_index = @JobIndex, attempts = @Attempts, not_before = @NotBefore, is_alone = @IsAlone,
            error_code = @ErrorCode, error = @Error, remarks = coalesce(@Remarks, remarks)
        where user_id = @account and id = @Id
        """;

    /// <summary>No read needs it any more; it stays as history.</summary>
    public const string ForgetChange = "update pending_changes set is_open = 0 where user_id = @account and id = @Id";

    private const string DetailColumns = """
        i.external_stock_id as Product, i.quantity as Quantity, i.status as Status, i.missing_count as MissingCount,
        i.missing_since as MissingSince, i.snapshot_from as ReadFrom, i.snapshot_to as ReadTo, i.read_quantity as ReadQuantity,
        i.changed_locally_at as ChangedLocallyAt, i.reread_after as RereadAfter, i.held_back as HeldBack, i.safety_copies as SafetyCopies, i.safety_percent as SafetyPercent, i.hold as Hold,
        i.id as Item, i.blueprint_id as Blueprint,
        i.price_cents as PriceCents, i.properties as Properties, i.description as Description, i.user_data_field as UserDataField,
        i.graded as Graded, i.row_version as RowVersion
        """;

    private const string SelectOrders = """
        select o.order_id as OrderId, o.via_zero as ViaZero, o.state as State, o.moment_from as MomentFrom, o.moment_to as MomentTo,
               o.saw_opening as SawOpening, o.lines_from as LinesFrom, o.lines_to as LinesTo, l.order_item_id as Item, l.source_order_id as Source, l.external_stock_id as Product,
               l.quantity as Quantity, l.sold_at as SoldAt, l.is_exact as IsExact, l.is_deleted as IsDeleted, l.has_stood as HasStood
        from stock_orders o left join order_stock_ledger l on l.user_id = o.user_id and l.order_id = o.order_id
        where o.user_id = @account
        """;
}
