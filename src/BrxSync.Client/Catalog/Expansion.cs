namespace BrxSync.Client.Catalog;

/// <summary>An expansion (a set) of a game.</summary>
public sealed record Expansion : CardTraderRecord
{
    /// <summary>Gets the id of the expansion.</summary>
    public required ExpansionId Id { get; init; }

    /// <summary>Gets the game.</summary>
    public GameId? GameId { get; init; }

    /// <summary>Gets the code, unique inside one game only.</summary>
    public string? Code { get; init; }

    /// <summary>Gets the name.</summary>
    public string? Name { get; init; }
}
