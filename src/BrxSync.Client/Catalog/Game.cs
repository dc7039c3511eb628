namespace BrxSync.Client.Catalog;

/// <summary>A game whose cards are traded.</summary>
public sealed record Game : CardTraderRecord
{
    /// <summary>Gets the id of the game.</summary>
    public required GameId Id { get; init; }

    /// <summary>Gets the short name.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the name to show.</summary>
    public string? DisplayName { get; init; }
}
