namespace BrxSync.Client.Catalog;

/// <summary>The picture of a blueprint in several sizes; all addresses are paths relative to the website.</summary>
public sealed record BlueprintImage : CardTraderRecord
{
    /// <summary>Gets the full size.</summary>
    public string? Url { get; init; }

    /// <summary>Gets the size shown on the page of the blueprint.</summary>
    public BlueprintImageSize? Show { get; init; }

    /// <summary>Gets the small size.</summary>
    public BlueprintImageSize? Preview { get; init; }

    /// <summary>Gets the size for social networks.</summary>
    public BlueprintImageSize? Social { get; init; }
}
