using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.PostgreSql.Statements;

/// <summary>What was learned about blueprints. Every look-up is met by a primary key.</summary>
internal static class BlueprintPropertyQueries
{
    public static BlueprintPropertyStatements All { get; } = new()
    {
        Find = """
            select b.blueprint_id as BlueprintId, b.expansion_id as ExpansionId, b.set_id as SetId, s.definitions as Definitions,
                   (extract(epoch from b.learned_at) * 1000000)::bigint as LearnedAt
            from (select distinct value::bigint as id from json_array_elements_text(@ids::json)) d
            join blueprint_properties b on b.blueprint_id = d.id
            join property_sets s on s.set_id = b.set_id
            """,

        // The rows of one call, in the order of their keys, so that two processes that learned the same cannot lock each other out; what
        // another process has learned since stays.
        Save = """
            insert into property_sets (set_id, definitions)
            select set_id, definitions from json_to_recordset(@sets::json) d (set_id text, definitions text) order by set_id
            on conflict (set_id) do nothing;
            insert into blueprint_properties (blueprint_id, expansion_id, set_id, learned_at)
            select blueprint, expansion, set_id, to_timestamp(learned_at / 1000000.0)
            from json_to_recordset(@rows::json) d (blueprint bigint, expansion bigint, set_id text, learned_at bigint)
            order by blueprint
            on conflict (blueprint_id) do update
            set expansion_id = excluded.expansion_id, set_id = excluded.set_id, learned_at = excluded.learned_at
            where blueprint_properties.learned_at < excluded.learned_at
               or blueprint_properties.learned_at > to_timestamp(@now / 1000000.0)
            """,
    };
}
