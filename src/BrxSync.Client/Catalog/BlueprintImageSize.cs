namespace BrxSync.Client.Catalog;

/// <summary>One size of a picture.</summary>
/// <param name="Url">The path relative to the website.</param>
public sealed record BlueprintImageSize(string? Url);
