using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records.Blueprints;

namespace BrxSync.Sync.Changes.Blueprints;

/// <summary>What is asked for in one go, and what was found so far.</summary>
internal sealed class LearningRound(IEnumerable<BlueprintId> asked, Func<LearnedBlueprint, bool> isFresh)
{
    private readonly HashSet<BlueprintId> _open = [.. asked];
    private readonly Dictionary<BlueprintId, LearnedBlueprint> _older = [];
    private readonly Dictionary<BlueprintId, KnownBlueprint> _results = [];

    /// <summary>Gets what nothing new enough was found of.</summary>
    public IReadOnlySet<BlueprintId> Open => _open;

    public IReadOnlyDictionary<BlueprintId, KnownBlueprint> Results => _results;

    public bool IsFresh(LearnedBlueprint blueprint) => isFresh(blueprint);

    /// <summary>Gives what is known of a blueprint although it is too old.</summary>
    public LearnedBlueprint? Older(BlueprintId id) => _older.GetValueOrDefault(id);

    /// <summary>Takes what is asked for and new enough, and keeps in mind what is too old.</summary>
    /// <returns>How many are settled by it.</returns>
    public int Take(IEnumerable<LearnedBlueprint?> found)
    {
        var taken = 0;
        foreach (var blueprint in found.OfType<LearnedBlueprint>().Where(blueprint => _open.Contains(blueprint.Id)).ToArray())
        {
            if (isFresh(blueprint))
            {
                taken += _open.Remove(blueprint.Id) ? 1 : 0;
                _results[blueprint.Id] = new KnownBlueprint(blueprint, null);
            }
            else if (Older(blueprint.Id) is not { } older || older.LearnedAt < blueprint.LearnedAt)
            {
                _older[blueprint.Id] = blueprint;
            }
        }

        return taken;
    }

    /// <summary>Settles a blueprint by what is known of it, if anything is.</summary>
    /// <returns>Where that comes from, as the metric says it.</returns>
    public string GiveUp(BlueprintId id, ReadDoubt doubt)
    {
        _open.Remove(id);
        _results[id] = new KnownBlueprint(Older(id), doubt);
        return Older(id) is null ? "nowhere" : "older";
    }
}
