namespace BrxSync.Client.Inventory;

/// <summary>A picture a seller uploaded for a product. CardTrader sends it as text or as an object; both are read.</summary>
/// <param name="Id">The id of the picture, when one was sent.</param>
/// <param name="Url">The address, usually a path relative to the website.</param>
public sealed record ProductImage(long? Id, string? Url);
