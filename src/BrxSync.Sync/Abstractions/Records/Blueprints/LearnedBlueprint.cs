using BrxSync.Client;

namespace BrxSync.Sync.Abstractions.Records.Blueprints;

/// <summary>What CardTrader said about a blueprint. It is the same for every seller.</summary>
/// <param name="Id">The blueprint.</param>
/// <param name="Expansion">Its expansion; null when it belongs to none.</param>
/// <param name="Properties">What a product of it may set.</param>
/// <param name="LearnedAt">When the call that told it began, by the clock of the process that made it.</param>
internal sealed record LearnedBlueprint(BlueprintId Id, ExpansionId? Expansion, PropertySet Properties, DateTimeOffset LearnedAt);
