namespace BrxSync.Simulator.Catalog;

/// <summary>A set of a game.</summary>
/// <param name="Id">The expansion id.</param>
/// <param name="GameId">The game id.</param>
/// <param name="Code">The short code, unique inside the game only.</param>
/// <param name="Name">The name.</param>
public sealed record SimulatedExpansion(int Id, int GameId, string Code, string Name);
