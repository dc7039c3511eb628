using System.Globalization;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>What a reconciliation measures and keeps, in SQLite.</summary>
internal static class DriftQueries
{
    private const string Columns = """
        operation_id as OperationId, user_id as UserId, verdict as Verdict, window_from as WindowFrom, window_to as WindowTo,
        equal_count as EqualCount, different_count as DifferentCount, findings as Findings, created_at as CreatedAt
        """;

    /// <summary>Plain reads by the indexes on account and on operation.</summary>
    public static DriftStatements Reports { get; } = new()
    {
        List = $"select {Columns} from drift_reports where user_id = @account order by id desc limit @limit",
        Find = $"select {Columns} from drift_reports where operation_id = @id",
    };

    /// <summary>One insert, part of the snapshot's transaction.</summary>
    public const string Record = """
        insert into drift_reports (user_id, operation_id, verdict, window_from, window_to, equal_count, different_count, findings, created_at)
        values (@account, @operation, @verdict, @from, @to, @equal, @different, @findings, @now)
        """;

    /// <summary>
    /// One pass over the rows of the plan, by the primary keys of stage and stock: each gives a row for every way in which it differs, and
    /// of these the first few of each kind are kept. Texts are cut before anything is sorted.
    /// </summary>
    public static string Measure { get; } = string.Create(CultureInfo.InvariantCulture, $"""
        with planned as materialized (
            select p.item_id, p.row_index is not null and p.item_id is not null as is_both,
                   p.item_id is null and s.may_create as is_new, p.row_index is null and p.was_active and p.quantity_before > 0 as is_gone,
                   coalesce(s.external_stock_id, t.external_stock_id) as external_stock_id, coalesce(s.blueprint_id, t.blueprint_id) as blueprint_id,
                   t.quantity as quantity, s.quantity as remote_quantity, t.price_cents as price, s.price_cents as remote_price,
                   t.blueprint_id as blueprint, s.blueprint_id as remote_blueprint, t.graded as graded, s.graded as remote_graded,
                   t.properties is distinct from s.properties as properties_differ,
                   substr(t.properties, 1, {DriftRow.TextKept}) as properties, substr(s.properties, 1, {DriftRow.TextKept}) as remote_properties,
                   t.description is distinct from s.description as description_differs,
                   substr(t.description, 1, {DriftRow.TextKept}) as description, substr(s.description, 1, {DriftRow.TextKept}) as remote_description,
                   t.user_data_field is distinct from s.user_data_field as user_data_differs,
                   substr(t.user_data_field, 1, {DriftRow.TextKept}) as user_data, substr(s.user_data_field, 1, {DriftRow.TextKept}) as remote_user_data,
                   t.status as status, case when s.quantity > 0 then 'active' else 'sold_out' end as remote_status
            from temp.brx_plan p
            left join temp.brx_stage s on s.row_index = p.row_index
            left join user_inventory_items t on t.id = p.item_id),
        differing as (
            select '{DriftKinds.MissingLocal}' as kind, item_id, external_stock_id, blueprint_id, null as local_value, remote_quantity as remote_value
            from planned where is_new
            union all
            select '{DriftKinds.MissingRemote}', item_id, external_stock_id, blueprint_id, quantity, null from planned where is_gone
            union all
            select '{DriftRow.AnyField}', item_id, external_stock_id, blueprint_id, null, null from planned where is_both
            union all
            select '{DriftKinds.Quantity}', item_id, external_stock_id, blueprint_id, quantity, remote_quantity from planned
            where is_both and quantity <> remote_quantity
            union all
            select '{DriftKinds.Price}', item_id, external_stock_id, blueprint_id, price, remote_price from planned
            where is_both and price <> remote_price
            union all
            select '{DriftKinds.Blueprint}', item_id, external_stock_id, blueprint_id, blueprint, remote_blueprint from planned
            where is_both and blueprint <> remote_blueprint
            union all
            select '{DriftKinds.Properties}', item_id, external_stock_id, blueprint_id, properties, remote_properties from planned
            where is_both and properties_differ
            union all
            select '{DriftKinds.Description}', item_id, external_stock_id, blueprint_id, description, remote_description from planned
            where is_both and description_differs
            union all
            select '{DriftKinds.UserDataField}', item_id, external_stock_id, blueprint_id, user_data, remote_user_data from planned
            where is_both and user_data_differs
            union all
            select '{DriftKinds.Graded}', item_id, external_stock_id, blueprint_id,
                   case graded when 0 then 'false' when 1 then 'true' end, case remote_graded when 0 then 'false' else 'true' end from planned
            where is_both and graded is distinct from remote_graded
            union all
            select '{DriftKinds.Status}', item_id, external_stock_id, blueprint_id, status, remote_status from planned
            where is_both and status <> remote_status),
        numbered as (
            select *, count(*) over (partition by kind) as total, row_number() over (partition by kind order by external_stock_id) as place
            from differing)
        select kind as Kind, total as Total, place as Place, item_id as ItemId, external_stock_id as ExternalStockId,
               blueprint_id as BlueprintId, cast(local_value as text) as Local, cast(remote_value as text) as Remote
        from numbered where place <= max(@samples, 1) order by kind, place;
        """);
}
