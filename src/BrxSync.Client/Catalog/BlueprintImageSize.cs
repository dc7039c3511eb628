namespace BrxSync.Client.Catalog;

/// <summary>One size of a picture.</summary>
public sealed record BlueprintImageSize : CardTraderRecord
{
    /// <summary>Gets the path relative to the website.</summary>
    public string? Url { get; init; }
}
