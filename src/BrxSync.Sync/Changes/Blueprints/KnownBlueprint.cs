using BrxSync.Sync.Abstractions.Records.Blueprints;

namespace BrxSync.Sync.Changes.Blueprints;

/// <summary>What there is to go by about a blueprint.</summary>
/// <param name="Learned">What is known, perhaps older than it should be; null when nothing is.</param>
/// <param name="Doubt">Why nothing is known, or nothing newer; null when it is new enough.</param>
internal sealed record KnownBlueprint(LearnedBlueprint? Learned, ReadDoubt? Doubt);
