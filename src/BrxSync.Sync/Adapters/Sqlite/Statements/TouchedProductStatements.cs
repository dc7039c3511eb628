namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>The statements by which the rules decide about some products of a planned snapshot, inside its immediate transaction.</summary>
internal static class TouchedProductStatements
{
    /// <summary>Sold since, by the account's part of the ledger; on their way, or read or changed here since, as the plan noted.</summary>
    public const string ListTouched = """
        select external_stock_id as Product, null as Quantity from order_stock_ledger where user_id = @account and sold_at >= @from
        union
        select external_stock_id, null from pending_changes where user_id = @account and is_open = 1
        union
        select t.external_stock_id, null from temp.brx_plan p join user_inventory_items t on t.id = p.item_id
        where p.is_recent and length(t.external_stock_id) <= 18 and t.external_stock_id not glob '*[^0-9]*'
        """;

    /// <summary>One pass over the stage, which has no index on products.</summary>
    public const string FindStaged = """
        select external_stock_id as Product, quantity as Quantity from temp.brx_stage
        where external_stock_id in (select value from json_each(@products))
        """;

    public const string Unplan = """
        delete from temp.brx_plan
        where item_id in (select t.id from json_each(@products) d
                          cross join user_inventory_items t on t.user_id = @account and t.external_stock_id = d.value)
        """;

    /// <summary>
    /// Sets what the plan is to write; what was read stays known. A kept field takes the row's own value; the content hash then matches
    /// neither side, so that the next snapshot compares the row again.
    /// </summary>
    public const string SetStage = """
        update temp.brx_stage as s
        set read_quantity = coalesce(s.read_quantity, s.quantity), quantity = d.value ->> '$[1]',
            price_cents = case when (d.value ->> '$[2]') & 1 then t.price_cents else s.price_cents end,
            description = case when (d.value ->> '$[2]') & 2 then t.description else s.description end,
            properties = case when (d.value ->> '$[2]') & 4 then t.properties else s.properties end,
            graded = case when (d.value ->> '$[2]') & 8 then coalesce(t.graded, s.graded) else s.graded end,
            user_data_field = case when (d.value ->> '$[2]') & 32 then t.user_data_field else s.user_data_field end,
            content_hash = case when (d.value ->> '$[2]') & 46 then ~s.content_hash else s.content_hash end
        from json_each(@aside) d
        left join user_inventory_items t on t.user_id = @account and t.external_stock_id = d.value ->> '$[0]'
        where s.external_stock_id = d.value ->> '$[0]'
        """;

    /// <summary>Plans rows anew.</summary>
    public const string Replan = """
        insert into temp.brx_plan (row_index, item_id, quantity_before, was_active, is_recent)
        select s.row_index, t.id, t.quantity, t.status = 'active', 1
        from temp.brx_stage s join user_inventory_items t on t.user_id = @account and t.external_stock_id = s.external_stock_id
        where s.external_stock_id in (select value from json_each(@written))
        """;

    /// <summary>Lists the requests for reads as they are now.</summary>
    public const string ListRequests = """
        select external_stock_id as Product, blueprint_id as Blueprint, asked_at as AskedAt from reread_requests where user_id = @account
        """;

    /// <summary>
    /// A snapshot meets the requests that were known when it was begun; one that was withheld only those of products that it holds.
    /// </summary>
    public const string MeetRereads = """
        delete from reread_requests
        where (user_id, external_stock_id, blueprint_id) in (
            select r.user_id, r.external_stock_id, r.blueprint_id
            from json_each(@requests) d
            cross join reread_requests r on r.user_id = @account and r.external_stock_id = d.value ->> 'product'
                                        and r.blueprint_id = d.value ->> 'blueprint' and r.asked_at = d.value ->> 'asked_at')
          and (@applied or external_stock_id in (select external_stock_id from temp.brx_stage))
        """;

    public const string AdvanceAccount = """
        update user_sync_settings
        set snapshot_from = case when @applied then @from else snapshot_from end,
            snapshot_to = case when @applied then @to else snapshot_to end,
            withheld_to = case when @applied then null else max(coalesce(withheld_to, @to), @to) end,
            books_started_at = coalesce(books_started_at, @from), snapshots = snapshots + 1,
            accepted_fall_linked = case when @applied then null else accepted_fall_linked end,
            accepted_fall_seen = case when @applied then null else accepted_fall_seen end,
            accepted_currency = case when @applied then null else accepted_currency end
        where user_id = @account
        """;
}
