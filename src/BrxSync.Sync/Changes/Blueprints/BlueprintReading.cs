using System.Collections.ObjectModel;
using BrxSync.Client;
using BrxSync.Sync.Abstractions.Records.Blueprints;

namespace BrxSync.Sync.Changes.Blueprints;

/// <summary>What one call told of the blueprints of an expansion, or of those without one.</summary>
/// <param name="Blueprints">Those that could be read, each good by itself even when the call failed later.</param>
/// <param name="Doubt">Why some may be missing; null when they are all there.</param>
internal sealed record BlueprintReading(IReadOnlyDictionary<BlueprintId, LearnedBlueprint> Blueprints, ReadDoubt? Doubt)
{
    public static BlueprintReading Of(LearnedBlueprint known) =>
        new(new Dictionary<BlueprintId, LearnedBlueprint> { [known.Id] = known }, null);

    public static BlueprintReading Failed(ReadDoubt doubt) => new(ReadOnlyDictionary<BlueprintId, LearnedBlueprint>.Empty, doubt);
}

/// <summary>Where a blueprint belongs.</summary>
/// <param name="Expansion">Its expansion; null when it belongs to none, or when that is not known.</param>
/// <param name="Doubt">Why it is not known; null when it is.</param>
internal sealed record BlueprintPlace(ExpansionId? Expansion, ReadDoubt? Doubt);
