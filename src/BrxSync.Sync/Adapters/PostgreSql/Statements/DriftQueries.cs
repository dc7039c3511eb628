using System.Globalization;
using BrxSync.Sync.Adapters.Sql;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>What a reconciliation measures and keeps, in PostgreSQL.</summary>
internal static class DriftQueries
{
    private const string Columns = """
        operation_id as OperationId, user_id::text as UserId, verdict as Verdict, (extract(epoch from window_from) * 1000000)::bigint as WindowFrom,
        (extract(epoch from window_to) * 1000000)::bigint as WindowTo, equal_count as EqualCount, different_count as DifferentCount,
        findings::text as Findings, (extract(epoch from created_at) * 1000000)::bigint as CreatedAt
        """;

    /// <summary>Plain reads by the indexes on account and on operation.</summary>
    public static DriftStatements Reports { get; } = new()
    {
        List = $"select {Columns} from drift_reports where user_id = @account::uuid order by id desc limit @limit",
        Find = $"select {Columns} from drift_reports where operation_id = @id",
    };

    /// <summary>One insert, part of the snapshot's transaction.</summary>
    public const string Record = """
        insert into drift_reports (user_id, operation_id, verdict, window_from, window_to, equal_count, different_count, findings)
        values (@account, @operation, @verdict, @from, @to, @equal, @different, @findings::jsonb)
        """;

    /// <summary>For an account without linked rows: everything staged is missing here. Reads the session's own stage.</summary>
    public const string MeasureFirst = $"""
        select '{DriftKinds.MissingLocal}' as Kind, count(*) over () as Total, row_number() over (order by external_stock_id) as Place,
               null::bigint as ItemId, external_stock_id as ExternalStockId, blueprint_id as BlueprintId, null::text as Local,
               quantity::text as Remote
        from brx_stage where may_create
        order by external_stock_id limit greatest(@samples, 1);
        """;

    /// <summary>
    /// One pass over the rows of the plan, without locks: each gives a row for every way in which it differs, and of these the first few
    /// of each kind are kept. Texts are cut before anything is sorted.
    /// </summary>
    public static string Measure(AccountId account) => string.Create(CultureInfo.InvariantCulture, $"""
        with differing as (
            select d.kind, p.item_id, coalesce(s.external_stock_id, t.external_stock_id) as external_stock_id,
                   coalesce(s.blueprint_id, t.blueprint_id) as blueprint_id,
                   left(d.local_value, {DriftRow.TextKept}) as local_value, left(d.remote_value, {DriftRow.TextKept}) as remote_value
            from brx_plan p
            left join brx_stage s using (row_index)
            left join user_inventory_items t on t.id = p.item_id and t.user_id = '{account.Value:D}'::uuid
            cross join lateral (values
                ('{DriftKinds.MissingLocal}', p.item_id is null and s.may_create, null, s.quantity::text),
                ('{DriftKinds.MissingRemote}', p.row_index is null and p.was_active and p.quantity_before > 0, t.quantity::text, null),
                ('{DriftRow.AnyField}', t.id is not null and s.row_index is not null, null, null),
                ('{DriftKinds.Quantity}', t.quantity <> s.quantity, t.quantity::text, s.quantity::text),
                ('{DriftKinds.Price}', t.price_cents <> s.price_cents, t.price_cents::text, s.price_cents::text),
                ('{DriftKinds.Blueprint}', t.blueprint_id <> s.blueprint_id, t.blueprint_id::text, s.blueprint_id::text),
                ('{DriftKinds.Properties}', t.id is not null and s.row_index is not null and t.properties is distinct from s.properties::jsonb,
                    t.properties::text, s.properties::jsonb::text),
                ('{DriftKinds.Description}', t.id is not null and s.row_index is not null and t.description is distinct from s.description,
                    t.description, s.description),
                ('{DriftKinds.UserDataField}', t.id is not null and s.row_index is not null and t.user_data_field is distinct from s.user_data_field,
                    t.user_data_field, s.user_data_field),
                ('{DriftKinds.Graded}', t.id is not null and s.row_index is not null and t.graded is distinct from s.graded,
                    t.graded::text, s.graded::text),
                ('{DriftKinds.Status}', t.status <> case when s.quantity > 0 then 'active' when s.quantity = 0 then 'sold_out' end,
                    t.status, case when s.quantity > 0 then 'active' else 'sold_out' end)
            ) d(kind, differs, local_value, remote_value)
            where d.differs),
        numbered as (
            select *, count(*) over (partition by kind) as total, row_number() over (partition by kind order by external_stock_id) as place
            from differing)
        select kind as Kind, total as Total, place as Place, item_id as ItemId, external_stock_id as ExternalStockId,
               blueprint_id as BlueprintId, local_value as Local, remote_value as Remote
        from numbered where place <= greatest(@samples, 1) order by kind, place;
        """);
}
