namespace BrxSync.Simulator.Catalog;

/// <summary>A category of blueprints, with every property its products may carry.</summary>
/// <param name="Id">The category id.</param>
/// <param name="Name">The name.</param>
/// <param name="GameId">The game id.</param>
/// <param name="Properties">The properties, the read-only ones included.</param>
public sealed record SimulatedCategory(int Id, string Name, int GameId, IReadOnlyList<PropertyDefinition> Properties);
