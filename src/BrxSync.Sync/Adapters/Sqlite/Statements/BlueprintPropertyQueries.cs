using BrxSync.Sync.Adapters.Sql;

namespace BrxSync.Sync.Adapters.Sqlite.Statements;

/// <summary>What was learned about blueprints. Every look-up is met by a primary key.</summary>
internal static class BlueprintPropertyQueries
{
    public static BlueprintPropertyStatements All { get; } = new()
    {
        Find = """
            select b.blueprint_id as BlueprintId, b.expansion_id as ExpansionId, b.set_id as SetId, s.definitions as Definitions,
                   b.learned_at as LearnedAt
            from (select distinct value from json_each(@ids)) d
            cross join blueprint_properties b on b.blueprint_id = d.value
            cross join property_sets s on s.set_id = b.set_id
            """,

        // The rows of one call, in the order of their keys; what another process has learned since stays.
        Save = """
            insert into property_sets (set_id, definitions)
            select value ->> 'set_id', value ->> 'definitions' from json_each(@sets) where true
            on conflict (set_id) do nothing;
            insert into blueprint_properties (blueprint_id, expansion_id, set_id, learned_at)
            select value ->> 'blueprint', value ->> 'expansion', value ->> 'set_id', value ->> 'learned_at' from json_each(@rows) where true
            on conflict (blueprint_id) do update
            set expansion_id = excluded.expansion_id, set_id = excluded.set_id, learned_at = excluded.learned_at
            where blueprint_properties.learned_at < excluded.learned_at or blueprint_properties.learned_at > @now;
            """,
    };
}
