namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>
/// The statements by which the rules decide about some products of a planned snapshot. They run under the lock of the account's row.
/// </summary>
internal static class TouchedProductStatements
{
    /// <summary>
    /// Nested loops are off for the statements of the mass; for a handful of rows they are the only good plan. Local to the transaction.
    /// </summary>
    public const string AllowNestedLoops = "set local enable_nestloop = on";

    public const string ForbidNestedLoops = "set local enable_nestloop = off";

    /// <summary>Sold since, by the account's part of the ledger; on their way, or read or changed here since, as the plan noted.</summary>
    public const string ListTouched = $"""
        with touched as (
            select external_stock_id from order_stock_ledger where user_id = @account and sold_at >= @from
            union
            select external_stock_id from pending_changes where user_id = @account and is_open
            union
            select external_stock_id from user_inventory_items
            where user_id = @account and id = any(array(select item_id from brx_plan where is_recent)))
        {WithStage}
        """;

    /// <summary>The same before any row is linked: there is no plan then.</summary>
    public const string ListTouchedFirst = $"""
        with touched as (
            select external_stock_id from order_stock_ledger where user_id = @account and sold_at >= @from
            union
            select external_stock_id from pending_changes where user_id = @account and is_open)
        {WithStage}
        """;

    /// <summary>Takes rows out of the plan, by the unique index on account and product.</summary>
    public const string Unplan = """
        delete from brx_plan
        where item_id = any(array(select id from user_inventory_items where user_id = @account and external_stock_id = any(@products)))
        """;

    /// <summary>
    /// Sets what the plan is to write; what was read stays known. A kept field takes the row's own value; the content hash then matches
    /// neither side, so that the next snapshot compares the row again.
    /// </summary>
    public const string SetStage = """
        update brx_stage s
        set read_quantity = coalesce(s.read_quantity, s.quantity), quantity = d.quantity,
            price_cents = case when d.kept & 1 <> 0 then t.price_cents else s.price_cents end,
            description = case when d.kept & 2 <> 0 then t.description else s.description end,
            properties = case when d.kept & 4 <> 0 then t.properties::text else s.properties end,
            graded = case when d.kept & 8 <> 0 then coalesce(t.graded, s.graded) else s.graded end,
            user_data_field = case when d.kept & 32 <> 0 then t.user_data_field else s.user_data_field end,
            content_hash = case when d.kept & 46 <> 0 then ~s.content_hash else s.content_hash end
        from unnest(@products, @quantities, @kept) d (product, quantity, kept)
        left join user_inventory_items t on t.user_id = @account and t.external_stock_id = d.product
        where s.external_stock_id = d.product
        """;

    /// <summary>Plans rows anew, with the versions that they have now.</summary>
    public const string Replan = """
        insert into brx_plan (row_index, item_id, row_version, quantity_before, was_active, is_recent, price_before, blueprint_before, content_differs, held_back)
        select s.row_index, t.id, t.row_version, t.quantity, t.status = 'active', true, t.price_cents, t.blueprint_id, true, t.held_back
        from brx_stage s join user_inventory_items t on t.user_id = @account and t.external_stock_id = s.external_stock_id
        where s.external_stock_id = any(@written) and t.external_stock_id = any(@written)
        """;

    /// <summary>Lists the requests for reads as they are now. Locks nothing.</summary>
    public const string ListRequests = """
        select external_stock_id as Product, blueprint_id as Blueprint, (extract(epoch from asked_at) * 1000000)::bigint as AskedAt
        from reread_requests where user_id = @account
        """;

    /// <summary>
    /// A snapshot meets the requests that were known when it was begun; one that was withheld only those of products that it holds.
    /// </summary>
    public const string MeetRereads = """
        delete from reread_requests r
        using unnest(@products, @blueprints, @asked) k (product, blueprint, asked_at)
        where r.user_id = @account and r.external_stock_id = k.product and r.blueprint_id = k.blueprint and r.asked_at = k.asked_at
          and (@applied or exists (select from brx_stage s where s.external_stock_id = r.external_stock_id))
        """;

    public const string AdvanceAccount = """
        update user_sync_settings
        set snapshot_from = case when @applied then @from else snapshot_from end,
            snapshot_to = case when @applied then @to else snapshot_to end,
            withheld_to = case when @applied then null else greatest(withheld_to, @to) end,
            books_started_at = coalesce(books_started_at, @from), snapshots = snapshots + 1,
            accepted_fall_linked = case when @applied then null else accepted_fall_linked end,
            accepted_fall_seen = case when @applied then null else accepted_fall_seen end,
            accepted_currency = case when @applied then null else accepted_currency end
        where user_id = @account
        """;

    private const string WithStage = """
        select t.external_stock_id as Product, s.quantity as Quantity
        from touched t left join brx_stage s on s.external_stock_id = t.external_stock_id
        where t.external_stock_id ~ '^[0-9]{1,18}$'
        """;
}
