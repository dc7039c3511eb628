namespace BrxSync.Simulator.Catalog;

/// <summary>A game.</summary>
/// <param name="Id">The game id.</param>
/// <param name="Name">The short name.</param>
/// <param name="DisplayName">The name shown to people.</param>
public sealed record SimulatedGame(int Id, string Name, string DisplayName);
