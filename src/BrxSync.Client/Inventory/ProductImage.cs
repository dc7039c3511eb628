namespace BrxSync.Client.Inventory;

/// <summary>A picture a seller uploaded for a product. CardTrader sends it as text or as an object; both are read.</summary>
public sealed record ProductImage : CardTraderRecord
{
    /// <summary>Gets the id of the picture, when one was sent.</summary>
    public long? Id { get; init; }

    /// <summary>Gets the address, usually a path relative to the website.</summary>
    public string? Url { get; init; }
}
