namespace BrxSync.Client.Marketplace;

/// <summary>An item in a cart.</summary>
public sealed record CartItem : CardTraderRecord
{
    /// <summary>Gets the product.</summary>
    public ProductId? ProductId { get; init; }

    /// <summary>Gets the English name of the product.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the number of units.</summary>
    /// <value><see langword="null"/> when CardTrader does not say.</value>
    public int? Quantity { get; init; }

    /// <summary>Gets the price of one unit.</summary>
    public Money? Price { get; init; }
}
