using System.Text.Json;
using BrxSync.Client;
using BrxSync.Sync.Abstractions;
using BrxSync.Sync.Abstractions.Records.Blueprints;
using BrxSync.Sync.Adapters.Sql.Access;
using BrxSync.Sync.Adapters.Sql.Rows;

namespace BrxSync.Sync.Adapters.Sql;

/// <summary>Keeps <c>blueprint_properties</c> and the sets that its rows share, each list by one statement.</summary>
internal sealed class SqlBlueprintPropertyStore(Database database, BlueprintPropertyStatements sql) : IBlueprintPropertyStore
{
    public async Task<IReadOnlyList<LearnedBlueprint>> FindAsync(
        IReadOnlyCollection<BlueprintId> ids, CancellationToken cancellationToken = default)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var json = JsonSerializer.Serialize([.. ids.Select(id => id.Value)], StoreJsonContext.Default.IReadOnlyListInt64);
        var sets = new Dictionary<string, PropertySet>(StringComparer.Ordinal);
        return await database.ListAsync(sql.Find, new Parameters().Text("ids", json), Read, cancellationToken).ConfigureAwait(false);

        LearnedBlueprint Read(RowReader row)
        {
            var id = new BlueprintId(row.Number("BlueprintId"));
            var expansion = row.NumberOrNull("ExpansionId");
            var name = row.Text("SetId");
            if (!sets.TryGetValue(name, out var set))
            {
                sets.Add(name, set = PropertySet.FromJson(row.Text("Definitions")));
            }

            return new LearnedBlueprint(id, expansion is { } known ? new ExpansionId(known) : null, set, row.Time("LearnedAt"));
        }
    }

    public async Task SaveAsync(
        IReadOnlyCollection<LearnedBlueprint> blueprints, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        if (blueprints.Count == 0)
        {
            return;
        }

        // In one order, so that two processes that learned the same do not wait for each other in a circle.
        IReadOnlyList<StoredBlueprint> rows =
        [
            .. blueprints.OrderBy(blueprint => blueprint.Id.Value).Select(blueprint => new StoredBlueprint(
                blueprint.Id.Value,
                blueprint.Expansion?.Value,
                blueprint.Properties.Id,
                StoredTime.ToMicroseconds(blueprint.LearnedAt))),
        ];
        IReadOnlyList<StoredPropertySet> sets =
        [
            .. blueprints.Select(blueprint => blueprint.Properties).DistinctBy(set => set.Id, StringComparer.Ordinal)
                .OrderBy(set => set.Id, StringComparer.Ordinal)
                .Select(set => new StoredPropertySet(set.Id, set.Json)),
        ];
        var parameters = new Parameters()
            .Text("sets", JsonSerializer.Serialize(sets, StoreJsonContext.Default.IReadOnlyListStoredPropertySet))
            .Text("rows", JsonSerializer.Serialize(rows, StoreJsonContext.Default.IReadOnlyListStoredBlueprint))
            .Time("now", now);
        await database.ExecuteAsync(sql.Save, parameters, cancellationToken).ConfigureAwait(false);
    }
}
